import { basename } from 'node:path/posix';
import { setImmediate } from 'node:timers/promises';
import type { CategoryConfig } from '../config/media-config.ts';
import type { Database, StatementWriter } from '../database/database.ts';
import {
  moveItems,
  readOccupants,
  readSignatures,
  vacatePaths,
  type ItemMove,
} from '../database/statements/move-items.ts';
import { createFileDescriber } from '../metadata/describe-file.ts';
import { normalizeSearch } from '../metadata/search-text.ts';
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
      const [onlyPath, more] = partition(into, changesOnlyPath);
      for (const moves of [onlyPath, more]) {
        for (const batch of inBatches(moves, statementSize)) {
          const described = batch.map((move) => toItemMove(move, describe));
          await moveItems(transaction, category, described, now, moves === onlyPath);
          await setImmediate();
        }
      }
    }
    return possible;
  });
}

async function findPossible(transaction: StatementWriter, moves: readonly PlannedMove[]): Promise<PlannedMove[]> {
  const signatures = await readSignatures(
    transaction,
    moves.map(({ item }) => item.id),
  );
  const occupied = new Map<CategoryConfig, Map<string, number>>();
  for (const [category, into] of groupByCategory(moves)) {
    const paths = into.map(({ file }) => file.relativePath);
    occupied.set(category, await readOccupants(transaction, category.key, paths));
  }
  const current = moves
    .filter(({ item }) => signatures.get(item.id) === item.signature)
    .map((move) => {
      const occupantId = occupied.get(move.category)?.get(move.file.relativePath) ?? null;
      return { move, item: move.item, to: { occupantId } };
    });
  return keepOccupiedPaths(current).map(({ move }) => move);
}

function toItemMove(
  { item, file, fingerprint }: PlannedMove,
  describe: ReturnType<typeof createFileDescriber>,
): ItemMove {
  return {
    id: item.id,
    oldPathKey: normalizeSearch(item.relativePath),
    pathKey: normalizeSearch(file.relativePath),
    keepsTime: contentKeyOf(item.signature) === contentKeyOf(file.signature),
    file: describe(file),
    fingerprint,
  };
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

/** A renamed folder: nothing that is told by the name, the time or the category is another. */
function changesOnlyPath({ item, category, file }: PlannedMove): boolean {
  return (
    !item.isMissing &&
    item.rootCategory === category.key &&
    basename(item.relativePath) === basename(file.relativePath) &&
    contentKeyOf(item.signature) === contentKeyOf(file.signature)
  );
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const value of values) parts[isFirst(value) ? 0 : 1].push(value);
  return parts;
}

function placeOf(category: string, relativePath: string): string {
  return `${category}/${relativePath}`;
}
