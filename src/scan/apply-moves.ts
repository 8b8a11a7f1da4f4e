import { basename } from 'node:path/posix';
import { setImmediate } from 'node:timers/promises';
import type { CategoryConfig } from '../config/media-config.ts';
import type { Database, StatementWriter } from '../database/database.ts';
import {
  moveItems,
  readChanged,
  readOccupants,
  renameItems,
  vacatePaths,
  type ItemMove,
  type ItemRename,
} from '../database/statements/move-items.ts';
import { readOtherTexts, type ItemTexts } from '../database/statements/read-other-texts.ts';
import { createFileDescriber, type FileDescription, type ScannedFile } from '../metadata/describe-file.ts';
import { normalizeSearch, searchTextOf } from '../metadata/search-text.ts';
import { inBatches } from './in-batches.ts';
import { keepOccupiedPaths } from './keep-occupied-paths.ts';
import type { PlannedMove } from './scan-plan.ts';
import { contentKeyOf } from './signature.ts';

const statementSize = 400;

/**
 * Carries out the moves of all categories in one transaction: items that take each other's paths must not meet on the
 * way, and a kill leaves all or none. An item that changed since the plan was made stays, and so does one whose new path
 * another item has by now. Gives those that were moved. Needs the categories' shelves.
 */
export async function applyMoves(
  database: Database,
  moves: readonly PlannedMove[],
  now: Date,
): Promise<readonly PlannedMove[]> {
  if (moves.length === 0) return [];
  return database.transaction(async (transaction) => {
    const possible = await findPossible(transaction, moves);
    const wanted = new Set(possible.map(({ category, file }) => placeOf(category.key, file.relativePath)));
    const inTheWay = possible.filter(({ item }) => wanted.has(placeOf(item.rootCategory, item.relativePath)));
    const ids = inTheWay.map(({ item }) => item.id);
    await vacatePaths(transaction, ids);
    for (const [category, into] of groupByCategory(possible)) {
      const describe = createFileDescriber(category);
      const hasLevels = category.hierarchyLevels.length > 0;
      const hierarchyOf = (file: ScannedFile) => (hasLevels ? describe(file).hierarchy : null);
      const [renamed, moved] = partition(into, changesOnlyFolder);
      for (const batch of inBatches(renamed, statementSize)) {
        const texts = await readOtherTexts(transaction, batch.map(toOldPath));
        const renames = batch.map((move) => toRename(move, hierarchyOf(move.file), texts.get(move.item.id)));
        await renameItems(transaction, renames, now);
        await setImmediate();
      }
      for (const batch of inBatches(moved, statementSize)) {
        const texts = await readOtherTexts(transaction, batch.map(toOldPath));
        const moves = batch.map((move) => toMove(move, describe(move.file), texts.get(move.item.id)));
        await moveItems(transaction, category, moves, now);
        await setImmediate();
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
  for (const [category, into] of groupByCategory(moves)) {
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

function toOldPath({ item }: PlannedMove): { id: number; pathKey: string } {
  return { id: item.id, pathKey: normalizeSearch(item.relativePath) };
}

/** `texts`: of an item whose search text has to be built anew. */
function toRename(
  { item, file, fingerprint }: PlannedMove,
  hierarchy: FileDescription['hierarchy'],
  texts: ItemTexts | undefined,
): ItemRename {
  const { relativePath, signature } = file;
  const [oldPathKey, pathKey] = [normalizeSearch(item.relativePath), normalizeSearch(relativePath)];
  const searchText = texts === undefined ? null : searchTextOf({ ...texts, relativePath });
  return { id: item.id, oldPathKey, pathKey, relativePath, signature, hierarchy, fingerprint, searchText };
}

function toMove(move: PlannedMove, file: FileDescription, texts: ItemTexts | undefined): ItemMove {
  const kept = texts && { ...texts, title: texts.titleSetByPerson ? texts.title : file.title };
  return { ...toRename(move, file.hierarchy, kept), keepsTime: keepsTime(move), file };
}

function groupByCategory(moves: readonly PlannedMove[]): Map<CategoryConfig, PlannedMove[]> {
  const groups = new Map<CategoryConfig, PlannedMove[]>();
  for (const move of moves) {
    const group = groups.get(move.category);
    if (group === undefined) groups.set(move.category, [move]);
    else group.push(move);
  }
  return groups;
}

/** A renamed folder: nothing that is told by the name, the time, the category or its rules is another. */
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

function keepsTime({ item, file }: PlannedMove): boolean {
  return contentKeyOf(item.signature) === contentKeyOf(file.signature);
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const value of values) parts[isFirst(value) ? 0 : 1].push(value);
  return parts;
}

function placeOf(category: string, relativePath: string): string {
  return `${category}/${relativePath}`;
}
