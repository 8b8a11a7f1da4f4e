import { join } from 'node:path';
import { inBatches } from '../../base/async/in-batches.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { readUnhashed } from './sql/hashes.ts';
import type { CataloguedHashes } from './catalogued-hashes.ts';
import type { PendingRecords } from './pending-records.ts';

/** The files that a job is to hash. */
export interface HashScope {
  /** Only these files, as far as they still wait for a hash: those that failed before. Null: no such restriction. */
  paths: string[] | null;
  /** Legacy ids of pending imports; null: all of them. */
  ids: number[] | null;
  /** Whether media items without a hash are hashed too. */
  includesMedia: boolean;
  limit: number | null;
}

interface TargetSources {
  database: Database;
  pending: Pick<PendingRecords, 'page' | 'among'>;
  catalogued: Pick<CataloguedHashes, 'unhashedAmong'>;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
}

const pageSize = 500;

/** Yields the paths of the files, a page at a time; files that were hashed meanwhile are left out. */
export async function* readHashTargets(sources: TargetSources, scope: HashScope): AsyncGenerator<string[]> {
  let left = scope.limit ?? Infinity;
  for await (const page of readAll(sources, scope)) {
    const taken = page.slice(0, left);
    left -= taken.length;
    if (taken.length > 0) yield taken;
    if (left === 0) return;
  }
}

async function* readAll(
  { database, pending, catalogued, mediaConfig }: TargetSources,
  { paths, ids, includesMedia }: HashScope,
): AsyncGenerator<string[]> {
  if (paths !== null) {
    for (const page of inBatches(paths, pageSize)) {
      const waiting = await pending.among(page);
      const unhashed = includesMedia ? await catalogued.unhashedAmong(page) : waiting;
      yield page.filter((path) => waiting.has(path) || unhashed.has(path));
    }
    return;
  }
  for (let after = 0; ;) {
    const page = await pending.page(after, pageSize, ids);
    yield page.map(({ path }) => path);
    if (page.length < pageSize) break;
    after = page.at(-1)?.id ?? after;
  }
  if (!includesMedia) return;
  for (let after = 0; ;) {
    const page = await readUnhashed(database, after, pageSize);
    yield page.flatMap(({ rootCategory, relativePath }) => {
      const rootPath = mediaConfig.findCategory(rootCategory)?.rootPath;
      // The files of a category that is no longer configured must not be read.
      return rootPath === undefined ? [] : [join(rootPath, relativePath)];
    });
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? after;
  }
}
