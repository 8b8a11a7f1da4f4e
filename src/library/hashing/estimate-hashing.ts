import type { Database } from '../../base/database/database.ts';
import type { ProgressTotals } from '../jobs/job-progress.ts';
import type { HashScope } from './hash-targets.ts';
import { countUnhashed } from './sql/hashes.ts';

/** Estimates how much there is to do, before any file is looked at. */
export async function estimateHashing(
  database: Database,
  { paths, ids, limit, includesMedia, selection }: HashScope,
  done: { hashed: number; bytesHashed: number },
): Promise<ProgressTotals> {
  // How many of them have no hash is found out on the way.
  if (selection !== undefined && paths === null) return {};
  const given = paths ?? ids;
  if (given !== null) return { total: Math.min(given.length, limit ?? Infinity) };
  const { pending, media } = await countUnhashed(database);
  const total = done.hashed + pending.files + (includesMedia ? media.files : 0);
  if (limit !== null && limit < total) return { total: limit };
  return { total, bytesTotal: done.bytesHashed + pending.bytes + (includesMedia ? media.bytes : 0) };
}
