import { unescapeName } from '../../base/files/escape-name.ts';
import type { Database } from '../../base/database/database.ts';
import { readProxyCandidates, type ProxyCandidate } from './sql/proxy-candidates.ts';
import { inBatches } from '../../base/async/in-batches.ts';
import { mediaNumberOf } from '../../base/public-id.ts';
import { readIdsByPath } from './sql/ids-by-path.ts';

interface Selection {
  profile: string;
  rootCategories: readonly string[];
  /** Null for every available image. */
  ids: readonly number[] | null;
}

const pageSize = 500;

/** The items of a batch, in the order of their ids, a page at a time. */
export async function* selectCandidates(
  database: Database,
  { profile, rootCategories, ids }: Selection,
): AsyncGenerator<ProxyCandidate[]> {
  const common = { profile, rootCategories, limit: pageSize };
  if (ids !== null) {
    const ordered = [...new Set(ids)].sort((a, b) => a - b);
    for (const page of inBatches(ordered, pageSize)) {
      yield await readProxyCandidates(database, { ...common, after: 0, ids: page });
    }
    return;
  }
  for (let after = 0; ;) {
    const page = await readProxyCandidates(database, { ...common, after });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.id;
  }
}

/**
 * The ids of items that the item errors of a batch name: by `category/relative path`, which finds nothing where the item is
 * gone by now, or by the public ID of an item that was not there.
 */
export async function findFailedIds(database: Database, names: readonly string[]): Promise<number[]> {
  // Jobs of earlier versions have the path itself.
  const paths = names.filter((name) => name.includes('/')).flatMap((name) => unescapeName(name) ?? name);
  const ids = names.filter((name) => !name.includes('/')).flatMap((name) => mediaNumberOf(name) ?? []);
  for (const page of inBatches(paths, pageSize)) {
    const items = page.map((path) => {
      const slash = path.indexOf('/');
      return { rootCategory: path.slice(0, slash), relativePath: path.slice(slash + 1) };
    });
    ids.push(...(await readIdsByPath(database, items)));
  }
  return [...new Set(ids)];
}
