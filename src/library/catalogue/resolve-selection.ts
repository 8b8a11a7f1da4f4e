import { setImmediate } from 'node:timers/promises';
import { inBatches } from '../../base/async/in-batches.ts';
import type { Database } from '../../base/database/database.ts';
import { numbersOf, sql } from '../../base/database/sql.ts';
import { packIds } from './id-set.ts';
import { freezeSelection, type FrozenSelection, type MediaSelection } from './media-selection.ts';
import { walkSelection, windowSize } from './walk-selection.ts';

/** Returns the ids of the items that a selection means at this moment, ascending. Throws what `walkSelection` throws. */
export async function resolveSelection(
  database: Database,
  configuredCategories: readonly string[],
  selection: FrozenSelection,
): Promise<number[]> {
  const found: number[] = [];
  if ('ids' in selection) {
    for (const ids of inBatches(selection.ids, windowSize)) {
      const rows = await database.read(
        sql`SELECT id FROM media_items WHERE id IN (${numbersOf(database, ids)}) ORDER BY id`,
      );
      found.push(...rows.map((row) => Number(row.id)));
    }
    return found;
  }
  const walk = await walkSelection(database, configuredCategories, selection);
  for await (const { ids } of walk.batches(0, () => windowSize)) {
    found.push(...ids);
    await setImmediate();
  }
  return found;
}

/**
 * Freezes a selection together with the items that it means now: a job that walks it takes none that came to meet the filter
 * since. Returns how many they are too. Throws what `freezeSelection` throws.
 */
export async function pinSelection(
  database: Database,
  configuredCategories: readonly string[],
  selection: MediaSelection,
): Promise<{ pinned: FrozenSelection; count: number }> {
  const frozen = await freezeSelection(database, configuredCategories, selection);
  const ids = await resolveSelection(database, configuredCategories, frozen);
  const pinned = 'filter' in frozen ? { ...frozen, only: await packIds(ids) } : { highestId: frozen.highestId, ids };
  return { pinned, count: ids.length };
}
