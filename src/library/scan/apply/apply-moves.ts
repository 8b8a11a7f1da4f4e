import { basename } from 'node:path/posix';
import { setImmediate } from 'node:timers/promises';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database, StatementWriter } from '../../../base/database/database.ts';
import {
  moveItems,
  readChanged,
  readOccupants,
  renameItems,
  vacatePaths,
  type ItemMove,
  type ItemRename,
} from '../sql/move-items.ts';
import { readOtherTexts, type ItemTexts } from '../sql/read-other-texts.ts';
import { createFileDescriber, type FileDescription, type ScannedFile } from '../../metadata/describe-file.ts';
import { foldText } from '../../metadata/fold-text.ts';
import { searchTextOf } from '../../metadata/search-text.ts';
import { inBatches } from '../../../base/async/in-batches.ts';
import { groupBy } from '../group-by.ts';
import { keepOccupiedPaths } from '../plan/keep-occupied-paths.ts';
import type { PlannedMove } from '../plan/scan-plan.ts';
import { contentKeyOf } from '../../metadata/signature.ts';

const statementSize = 400;

/**
 * Carries out the moves of all categories in one transaction: items that take each other's paths must not meet on the
 * way, and a kill leaves all or none. An item that changed since the plan was made stays, and so does one whose new path
 * another item has by now. Returns the moves that were made. Needs the categories' shelves.
 */
export async function applyMoves(
  database: Database,
  moves: readonly PlannedMove[],
  now: Date,
): Promise<readonly PlannedMove[]> {
  if (moves.length === 0) return [];
  return database.transaction(async (transaction) => {
    const possible = await findPossible(transaction, moves);
    const wanted = new Set(possible.map(({ category, file }) => locationOf(category.key, file.relativePath)));
    const inTheWay = possible.filter(({ item }) => wanted.has(locationOf(item.rootCategory, item.relativePath)));
    const ids = inTheWay.map(({ item }) => item.id);
    await vacatePaths(transaction, ids);
    for (const [category, into] of groupBy(possible, ({ category }) => category)) {
      const describe = createFileDescriber(category);
      // Each keeps in mind the folder that it read last.
      const describeBefore = createFileDescriber(category);
      const [renamed, moved] = partition(
        into,
        (move) => changesOnlyFolder(move) && hasSameNumbers(move, describeBefore, describe),
      );
      for await (const batch of readInBatches(transaction, renamed)) {
        const renames = batch.map((known) => toRename(known, describe(known.move.file)));
        await renameItems(transaction, renames, now);
      }
      for await (const batch of readInBatches(transaction, moved)) {
        const moves = batch.map((known) => toMove(known, describe(known.move.file)));
        await moveItems(transaction, category, moves, now);
      }
    }
    return possible;
  });
}

async function findPossible(transaction: StatementWriter, moves: readonly PlannedMove[]): Promise<PlannedMove[]> {
  const changed = await readChanged(
    transaction,
    moves.map(({ item }) => item),
  );
  const occupied = new Map<CategoryConfig, Map<string, number>>();
  for (const [category, into] of groupBy(moves, ({ category }) => category)) {
    const paths = into.map(({ file }) => file.relativePath);
    occupied.set(category, await readOccupants(transaction, category.key, paths));
  }
  const current = moves
    .filter(({ item }) => !changed.has(item.id))
    .map((move) => {
      const occupantId = occupied.get(move.category)?.get(move.file.relativePath) ?? null;
      return { move, item: move.item, to: { occupantId } };
    });
  return keepOccupiedPaths(current).map(({ move }) => move);
}

interface KnownMove {
  move: PlannedMove;
  oldPathKey: string;
  /** The texts of an item whose search text has to be built anew; undefined for another. */
  texts: ItemTexts | undefined;
}

async function* readInBatches(
  transaction: StatementWriter,
  moves: readonly PlannedMove[],
): AsyncGenerator<KnownMove[]> {
  for (const batch of inBatches(moves, statementSize)) {
    const keyed = batch.map((move) => ({ move, oldPathKey: foldText(move.item.relativePath) }));
    const paths = keyed.map(({ move, oldPathKey }) => ({ id: move.item.id, pathKey: oldPathKey }));
    const texts = await readOtherTexts(transaction, paths);
    yield keyed.map((each) => ({ ...each, texts: texts.get(each.move.item.id) }));
    await setImmediate();
  }
}

function toRename({ move: { item, fingerprint }, oldPathKey, texts }: KnownMove, file: FileDescription): ItemRename {
  const { relativePath, signature } = file;
  const pathKey = foldText(relativePath);
  const searchText = texts === undefined ? null : searchTextOf({ ...texts, relativePath });
  return { id: item.id, oldPathKey, pathKey, relativePath, signature, file, fingerprint, searchText };
}

function toMove(known: KnownMove, file: FileDescription): ItemMove {
  const { move, texts } = known;
  const kept = texts && { ...texts, title: texts.keepsTitle ? texts.title : file.title };
  return { ...toRename({ ...known, texts: kept }, file), keepsTime: keepsTime(move), file };
}

/**
 * Whether only the folder is another, so that all that follows from the name, the time, the category and its rules
 * stays.
 */
function changesOnlyFolder(move: PlannedMove): boolean {
  const { item, category, file } = move;
  return (
    !item.isMissing &&
    !move.describeAgain &&
    item.rootCategory === category.key &&
    basename(item.relativePath) === basename(file.relativePath) &&
    keepsTime(move)
  );
}

/** Whether the other folder says the same of season and disc. */
function hasSameNumbers({ item, file }: PlannedMove, describeBefore: Describe, describe: Describe): boolean {
  const before = describeBefore({ ...file, relativePath: item.relativePath });
  const after = describe(file);
  return numbersOfNames.every((number) => before[number] === after[number]);
}

type Describe = (file: ScannedFile) => FileDescription;

const numbersOfNames = [
  'seasonNumber',
  'episodeNumber',
  'lastEpisodeNumber',
  'airedOn',
  'discNumber',
  'discSide',
  'trackNumber',
] as const;

function keepsTime({ item, file }: PlannedMove): boolean {
  return contentKeyOf(item.signature) === contentKeyOf(file.signature);
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const value of values) parts[isFirst(value) ? 0 : 1].push(value);
  return parts;
}

function locationOf(category: string, relativePath: string): string {
  return `${category}/${relativePath}`;
}
