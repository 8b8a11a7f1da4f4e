import { readIdentities, readMissingOfSizes, type ItemIdentity } from '../sql/read-identities.ts';
import type { Database } from '../../../base/database/database.ts';
import { findOverlappingRoots } from '../../../base/config/find-overlapping-roots.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import { findMoves, type Move } from './find-moves.ts';
import { type FingerprintsAhead, identifyInPool, type IdentifyPool, locate } from './fingerprints-ahead.ts';
import { inBatches } from '../../../base/async/in-batches.ts';
import { keepOccupiedPaths } from './keep-occupied-paths.ts';
import { groupOverlapping, pairByCategory } from './overlapping-roots.ts';
import type { CategorySurvey } from '../survey/category-survey.ts';
import type { CategoryPlan } from './scan-plan.ts';
import { withoutReturned } from './without-returned.ts';

/** A file that is new at its path, and where that is. */
interface NewFile {
  category: CategoryConfig;
  file: ScannedFile;
  occupantId: number | null;
  fingerprint: string | null;
}

interface PlanMovesContext {
  database: Database;
  pool: IdentifyPool;
  fingerprints: Pick<FingerprintsAhead, 'of'>;
  signal: AbortSignal;
}

/**
 * Finds, in all that a scan surveyed, the files that were only moved. A new file is read only where an item of its size
 * vanished. Items that vanished now are matched first, then those that were missing before.
 */
export async function planMoves(
  context: PlanMovesContext,
  surveys: readonly CategorySurvey[],
): Promise<CategoryPlan[]> {
  const appeared = surveys.flatMap(newFilesOf);
  const vanished = await readVanished(context.database, surveys);
  const roots = toRoots(surveys.map(({ category }) => category));
  const now = await match(context, roots, vanished, appeared);
  const settled = new Set([...now.moves.map(({ to }) => to), ...now.ambiguous]);
  const left = appeared.filter((to) => !settled.has(to));
  const before = await match(context, roots, await readMissing(context.database, surveys, left), left);
  const moves = keepOccupiedPaths([...now.moves, ...(await withoutReturned(before.moves, surveys))]);
  noteAmbiguity(surveys, [...now.ambiguous, ...before.ambiguous]);
  return surveys.map((survey) => planOf(survey, moves));
}

function newFilesOf({ category, added, updated }: CategorySurvey): NewFile[] {
  return [
    ...added.map((file) => ({ category, file, occupantId: null, fingerprint: null })),
    ...updated
      .filter(({ isReplaced }) => isReplaced)
      .map(({ file, item }) => ({ category, file, occupantId: item.id, fingerprint: null })),
  ];
}

async function readVanished(database: Database, surveys: readonly CategorySurvey[]): Promise<ItemIdentity[]> {
  const ids = surveys.flatMap(({ lost, updated, doubt }) => [
    ...(doubt === null ? lost.map(({ id }) => id) : []),
    ...updated.filter(({ isReplaced }) => isReplaced).map(({ item }) => item.id),
  ]);
  return readInPages(ids, (page) => readIdentities(database, page));
}

/**
 * Reads the missing items of the categories that were surveyed (the files of others may be where they were), without
 * those whose file this scan found, or found replaced, at its own path.
 */
async function readMissing(
  database: Database,
  surveys: readonly CategorySurvey[],
  appeared: readonly NewFile[],
): Promise<ItemIdentity[]> {
  const inPlace = new Set(surveys.flatMap(({ updated }) => updated.map(({ item }) => item.id)));
  const keys = surveys.filter(({ root }) => root !== null).map(({ category }) => category.key);
  const sizes = [...new Set(appeared.map(({ file }) => file.sizeBytes))];
  const missing = await readInPages(sizes, (page) => readMissingOfSizes(database, keys, page));
  return missing.filter(({ id }) => !inPlace.has(id));
}

/** The roots of the categories that were surveyed. */
interface Roots {
  pathOf(category: string, relativePath: string): string;
  /** Whether several of them have the same files. */
  overlap: boolean;
}

function toRoots(categories: readonly CategoryConfig[]): Roots {
  const paths = new Map(categories.map(({ key, rootPath }) => [key, rootPath.replace(/\/+$/, '')]));
  return {
    pathOf: (category, relativePath) => `${paths.get(category) ?? category}/${relativePath}`,
    overlap: findOverlappingRoots(categories).next().done !== true,
  };
}

async function match(
  { pool, fingerprints, signal }: PlanMovesContext,
  { pathOf, overlap }: Roots,
  vanished: readonly ItemIdentity[],
  appeared: readonly NewFile[],
): Promise<{ moves: Move<ItemIdentity, NewFile>[]; ambiguous: NewFile[] }> {
  const sizes = new Set(vanished.map(({ sizeBytes }) => sizeBytes));
  const printedSizes = new Set(vanished.filter((item) => item.fingerprint !== null).map((item) => item.sizeBytes));
  const items = groupOverlapping(
    vanished,
    ({ rootCategory, relativePath }) => pathOf(rootCategory, relativePath),
    overlap,
  );
  const candidates = groupOverlapping(
    appeared.filter(({ file }) => sizes.has(file.sizeBytes)),
    ({ category, file }) => pathOf(category.key, file.relativePath),
    overlap,
  );
  const unread = candidates.once.filter((to) => to.fingerprint === null && printedSizes.has(to.file.sizeBytes));
  const prints = await fingerprints.of(unread);
  unread.forEach((one, index) => {
    for (const to of candidates.allOf(one)) to.fingerprint = prints[index] ?? null;
  });
  const found = await findMoves(items.once, candidates.once, (files) =>
    identifyInPool(pool, files.map(locate), 'sha256', signal),
  );
  return {
    moves: overlap
      ? found.moves.flatMap(({ item, to }) => pairByCategory(items.allOf(item), candidates.allOf(to), isSameCategory))
      : found.moves,
    ambiguous: found.ambiguous.flatMap((to) => candidates.allOf(to)),
  };
}

function isSameCategory({ rootCategory }: ItemIdentity, { category }: NewFile): boolean {
  return rootCategory === category.key;
}

function planOf(survey: CategorySurvey, moves: readonly Move<ItemIdentity, NewFile>[]): CategoryPlan {
  const { category, added, updated, lost, doubt, describeAgain } = survey;
  const moved = moves.filter(({ to }) => to.category === category);
  const takenPaths = new Set(moved.map(({ to }) => to.file.relativePath));
  const movedIds = new Set(moves.map(({ item }) => item.id));
  return {
    survey,
    // Where an item moved away, the file at its old path is a new one, unless another item moved there.
    added: [...added, ...updated.filter(({ item }) => movedIds.has(item.id)).map(({ file }) => file)].filter(
      (file) => !takenPaths.has(file.relativePath),
    ),
    updated: updated.filter(({ item }) => !movedIds.has(item.id)),
    moved: moved.map(({ item, to }) => ({ item, category, file: to.file, fingerprint: to.fingerprint, describeAgain })),
    lost: doubt === null ? lost.filter(({ id }) => !movedIds.has(id)) : [],
  };
}

const shownAmbiguous = 5;

function noteAmbiguity(surveys: readonly CategorySurvey[], ambiguous: readonly NewFile[]): void {
  for (const { category, summary } of surveys) {
    const paths = ambiguous.filter((to) => to.category === category).map(({ file }) => file.relativePath);
    if (paths.length === 0) continue;
    const shown = paths.slice(0, shownAmbiguous).join(', ') + (paths.length > shownAmbiguous ? ', …' : '');
    summary.notes.push(
      `${paths.length} new files may be moved ones, but more than one item or file fits, and nothing was guessed: ${shown}`,
    );
  }
}

const pageSize = 5_000;

async function readInPages<T>(values: readonly number[], read: (page: number[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (const page of inBatches(values, pageSize)) for (const value of await read(page)) found.push(value);
  return found;
}
