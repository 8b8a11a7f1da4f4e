import type { TagAliases } from './legacy-page.ts';
import type { LegacyPageInput, LegacyPages } from './read-legacy-page.task.ts';
import type { PathMapping } from './map-path.ts';

export interface LegacyPool {
  readonly threads: number;
  run(name: 'readLegacyPage', input: LegacyPageInput): Promise<LegacyPages[keyof LegacyPages]>;
}

interface LegacySourceOptions {
  pool: LegacyPool;
  /** Path of the private copy. */
  path: string;
  pathMappings: PathMapping[];
  signal: AbortSignal;
}

/** Reads a table of the legacy database a page at a time; the next page is read while one is worked on. */
export type ReadLegacyTable = <T extends keyof LegacyPages>(
  table: T,
  tagAliases?: TagAliases,
) => AsyncGenerator<LegacyPages[T]>;

const pageSizes: Record<keyof LegacyPages, number> = {
  tags: 1000,
  models: 1000,
  modelTags: 4000,
  pictures: 200,
  paths: 1000,
};
/** Lies below the lowest rowid that SQLite allows, which a row may have. */
const beforeAll = '-1e19';

export function createLegacyReader({ pool, path, pathMappings, signal }: LegacySourceOptions): ReadLegacyTable {
  return async function* read<T extends keyof LegacyPages>(table: T, tagAliases: TagAliases = new Map()) {
    const limit = pageSizes[table];
    const readAfter = async (after: string) =>
      (await pool.run('readLegacyPage', {
        path,
        table,
        after,
        limit,
        pathMappings,
        tagAliases: [...tagAliases],
      })) as LegacyPages[T];
    let next: Promise<LegacyPages[T]> | null = readAfter(beforeAll);
    while (next !== null) {
      const page: LegacyPages[T] = await next;
      signal.throwIfAborted();
      const isLast: boolean = page.rows < limit && page.endedEarly !== true;
      next = isLast ? null : readAfter(page.lastRowid);
      next?.catch(() => undefined); // thrown when the page is awaited, unless the work ends before
      if (page.rows > 0) yield page;
    }
  };
}
