import { pairByName } from './pair-by-name.ts';
import { contentKeyOf } from '../../metadata/signature.ts';
import { groupBy } from '../group-by.ts';

/** An item whose file is not at its path any more, or was replaced there. */
export interface VanishedFile {
  id: number;
  relativePath: string;
  signature: string;
  fingerprint: string | null;
  sha256: string | null;
}

/** A file that is new at its path. */
export interface AppearedFile {
  file: { relativePath: string; signature: string };
  /** Null where the file was not read, or cannot be. */
  fingerprint: string | null;
  /** The item that has its path. */
  occupantId: number | null;
}

export interface Move<V, A> {
  item: V;
  to: A;
}

export interface FoundMoves<V, A> {
  moves: Move<V, A>[];
  /** Files that may be moved items, where more than one would fit. */
  ambiguous: A[];
}

/** Returns the SHA-256 of each file; null for one that cannot be read. */
export type HashFiles<A> = (files: readonly A[]) => Promise<(string | null)[]>;

/**
 * Finds out which vanished items are the files that appeared. Both must have the same fingerprint, which the size is a
 * part of; an item that has none yet is recognised by its size and modification time, as a scan recognises files in
 * place too. Where more than one fits, the SHA-256 of the items decides as far as it is known, and then the names, if
 * they leave each one exactly one counterpart. Nothing is guessed.
 */
export async function findMoves<V extends VanishedFile, A extends AppearedFile>(
  vanished: readonly V[],
  appeared: readonly A[],
  hashFiles: HashFiles<A>,
): Promise<FoundMoves<V, A>> {
  const found: FoundMoves<V, A> = { moves: [], ambiguous: [] };
  const hasPrints = vanished.every((item) => item.fingerprint !== null);
  const prints = hasPrints ? null : printsByContent(appeared);
  const printOfItem = (item: V) => item.fingerprint ?? prints?.get(contentKeyOf(item.signature)) ?? null;
  const withPrint = hasPrints ? vanished : vanished.filter((item) => printOfItem(item) !== null);
  const withoutPrint = hasPrints ? [] : vanished.filter((item) => printOfItem(item) === null);
  await pairGroups(found, withPrint, appeared, printOfItem, (to) => to.fingerprint, hashFiles);
  if (withoutPrint.length === 0) return found;
  const settled = new Set([...found.moves.map(({ to }) => to), ...found.ambiguous]);
  const left = appeared.filter((to) => !settled.has(to));
  await pairGroups(
    found,
    withoutPrint,
    left,
    (item) => contentKeyOf(item.signature),
    (to) => contentKeyOf(to.file.signature),
    hashFiles,
  );
  return found;
}

/**
 * The fingerprint that all files of a size and time share; by it an item without one competes with those that have it.
 */
function printsByContent(appeared: readonly AppearedFile[]): Map<string, string | null> {
  const prints = new Map<string, string | null>();
  for (const { file, fingerprint } of appeared) {
    const key = contentKeyOf(file.signature);
    prints.set(key, prints.has(key) && prints.get(key) !== fingerprint ? null : fingerprint);
  }
  return prints;
}

async function pairGroups<V extends VanishedFile, A extends AppearedFile>(
  found: FoundMoves<V, A>,
  vanished: readonly V[],
  appeared: readonly A[],
  keyOfItem: (item: V) => string | null,
  keyOfFile: (to: A) => string | null,
  hashFiles: HashFiles<A>,
): Promise<void> {
  const files = groupBy(appeared, keyOfFile);
  for (const [key, items] of groupBy(vanished, keyOfItem)) {
    const group = leaveInPlace(items, files.get(key) ?? []);
    const isPlain = group.items.length === 1 && group.files.length === 1;
    const rest = isPlain ? group : await pairByHash(found, group, hashFiles);
    if (rest.items.length === 0 || rest.files.length === 0) continue;
    const pairs = pairByName(rest.items, rest.files);
    if (pairs === null) for (const to of rest.files) found.ambiguous.push(to);
    else for (const pair of pairs) found.moves.push(pair);
  }
}

interface Group<V, A> {
  items: readonly V[];
  files: readonly A[];
}

/**
 * Leaves out files that were touched, or written again with the same bytes: each still belongs to the item at its
 * path.
 */
function leaveInPlace<V extends VanishedFile, A extends AppearedFile>(
  items: readonly V[],
  files: readonly A[],
): Group<V, A> {
  const occupants = new Set(files.map((to) => to.occupantId));
  const inPlace = new Set(items.filter((item) => occupants.has(item.id)).map((item) => item.id));
  return {
    items: items.filter((item) => !inPlace.has(item.id)),
    files: files.filter((to) => to.occupantId === null || !inPlace.has(to.occupantId)),
  };
}

/** Pairs what the known hashes decide, and returns what is left. */
async function pairByHash<V extends VanishedFile, A extends AppearedFile>(
  found: FoundMoves<V, A>,
  { items, files }: Group<V, A>,
  hashFiles: HashFiles<A>,
): Promise<Group<V, A>> {
  const hashed = groupBy(items, (item) => item.sha256);
  if (hashed.size === 0 || files.length === 0) return { items, files };
  const hashes = await hashFiles(files);
  const hashOf = new Map(files.map((to, index) => [to, hashes[index] ?? null]));
  const filesByHash = groupBy(files, (to) => hashOf.get(to) ?? null);
  for (const [sha256, alike] of hashed) {
    const candidates = filesByHash.get(sha256) ?? [];
    if (candidates.length === 0) continue;
    const pairs = pairByName(alike, candidates);
    if (pairs === null) for (const to of candidates) found.ambiguous.push(to);
    else for (const pair of pairs) found.moves.push(pair);
  }
  return {
    items: items.filter((item) => item.sha256 === null),
    files: files.filter((to) => !hashed.has(hashOf.get(to) ?? '')),
  };
}
