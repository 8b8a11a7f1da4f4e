import { join } from 'node:path';
import { inBatches } from '../../base/async/in-batches.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { FrozenSelection } from '../catalogue/media-selection.ts';
import { walkSelection } from '../catalogue/walk-selection.ts';
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
  /** Only the files of these media items that are available; pending imports are left alone. */
  selection?: FrozenSelection | undefined;
}

interface TargetSources {
  database: Database;
  pending: Pick<PendingRecords, 'page' | 'among'>;
  catalogued: Pick<CataloguedHashes, 'unhashedAmong'>;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
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
  sources: TargetSources,
  { paths, ids, includesMedia, selection }: HashScope,
): AsyncGenerator<string[]> {
  const { database, pending, catalogued, mediaConfig } = sources;
  if (paths !== null) {
    for (const page of inBatches(paths, pageSize)) {
      const waiting = await pending.among(page);
      const unhashed = includesMedia ? await catalogued.unhashedAmong(page) : waiting;
      yield page.filter((path) => waiting.has(path) || unhashed.has(path));
    }
    return;
  }
  if (selection !== undefined) {
    yield* readSelected(sources, selection);
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
    yield page.flatMap((item) => pathOf(mediaConfig, item));
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? after;
  }
}

async function* readSelected(
  { database, mediaConfig }: TargetSources,
  selection: FrozenSelection,
): AsyncGenerator<string[]> {
  const configured = mediaConfig.current().categories.map(({ key }) => key);
  const walk = await walkSelection(database, configured, selection);
  for await (const { ids } of walk.batches(0)) {
    const items = await database.prisma.mediaItem.findMany({
      where: { id: { in: ids }, sha256: null, shelf: { status: 'AVAILABLE' } },
      select: { rootCategory: true, relativePath: true },
      orderBy: { id: 'asc' },
    });
    yield items.flatMap((item) => pathOf(mediaConfig, item));
  }
}

/** Returns no path where the category is not configured any more: its files must not be read. */
function pathOf(
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>,
  { rootCategory, relativePath }: { rootCategory: string; relativePath: string },
): string[] {
  const rootPath = mediaConfig.findCategory(rootCategory)?.rootPath;
  return rootPath === undefined ? [] : [join(rootPath, relativePath)];
}
