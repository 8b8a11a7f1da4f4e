import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../base/database/database.ts';
import { forgetPlaces, readPlacesAgain } from './sql/places.ts';

const setting = 'places';
const batchSize = 500;

/**
 * Brings what is stored in step with whether places are kept, once after that has changed: takes the places out of all
 * items, or has pictures and films read again for them. Ended in the middle, it goes on at the next start.
 */
export async function settlePlaces(database: Database, isKept: boolean): Promise<void> {
  const stored = await database.prisma.systemSetting.findUnique({ where: { key: setting } });
  // Without the row nothing was ever left out.
  if (((stored?.value as boolean | undefined) ?? true) === isKept) return;
  if (isKept) await readPlacesAgain(database);
  else {
    for (let after: number | null = 0; after !== null; await setImmediate()) {
      after = await forgetPlaces(database, after, batchSize);
    }
  }
  const value = { value: isKept };
  const create = { key: setting, ...value };
  await database.prisma.systemSetting.upsert({ where: { key: setting }, create, update: value });
}
