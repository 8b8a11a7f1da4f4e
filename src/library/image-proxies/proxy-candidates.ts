import type { Database } from '../../base/database/database.ts';
import { readProxyCandidates, type ProxyCandidate } from './sql/proxy-candidates.ts';

interface Selection {
  profile: string;
  rootCategories: readonly string[];
  /** Null: every available image. */
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
    for (let start = 0; start < ordered.length; start += pageSize) {
      yield await readProxyCandidates(database, { ...common, after: 0, ids: ordered.slice(start, start + pageSize) });
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
