import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';
import type { Database } from '../../base/database/database.ts';
import { foldItems, type FoldedKey } from './sql/fold-items.ts';

/** Makes the texts of up to `limit` rows anew; returns the key of the last one, null where there are no more. */
type FoldRows = (database: Database, after: FoldedKey | null, limit: number) => Promise<FoldedKey | null>;

/** One more whenever the form changes in which texts are sorted and searched. */
const formVersion = 2;
const setting = 'folded_texts';
const rowsPerStep = 200;

// A type alias, as it is stored as JSON.
type Progress = { version: number; table: string | null; after: FoldedKey | null };

/**
 * Brings what rows of an earlier version are sorted and searched by into the form of this one, behind everything else and once. It goes on
 * where it ended; until it is done, such rows stand where they stood, and new ones are right from the start.
 */
export function createTextFolder(options: {
  database: Database;
  log: Pick<Logger, 'error'>;
  /** Other tables with texts, by name. */
  others: Readonly<Record<string, FoldRows>>;
}): BackgroundLoop {
  const { database, log, others } = options;
  const tables = Object.entries({ media_items: foldItems, ...others });
  return createBackgroundLoop({ name: 'folding texts', log, step });

  async function step(): Promise<number> {
    let { table, after } = await readProgress();
    if (table === null) return 0;
    // Empty tables, such as all of a new library, are passed at once.
    for (const [name, fold] of tables.slice(tables.findIndex(([each]) => each === table))) {
      table = name;
      after = await fold(database, after, rowsPerStep);
      if (after !== null) break;
    }
    if (after === null) table = null;
    await keepProgress({ version: formVersion, table, after });
    return table === null ? 0 : rowsPerStep;
  }

  async function readProgress(): Promise<Progress> {
    const stored = await database.prisma.systemSetting.findUnique({ where: { key: setting } });
    const progress = stored?.value as Progress | undefined;
    if (progress?.version === formVersion) return progress;
    return { version: formVersion, table: tables[0]?.[0] ?? null, after: null };
  }

  async function keepProgress(value: Progress): Promise<void> {
    await database.prisma.systemSetting.upsert({
      where: { key: setting },
      create: { key: setting, value },
      update: { value },
    });
  }
}
