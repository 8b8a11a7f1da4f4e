import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../base/database/database.ts';
import { empty, join, raw, sql } from '../../../base/database/sql.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { maxRowNumber } from '../../../base/public-id.ts';
import { isStorableText } from '../../../base/text.ts';
import { foldText } from '../../metadata/fold-text.ts';
import { searchTermsOf } from '../../metadata/search-text.ts';

export interface PlanSearch {
  jobId: string;
  /** Null: all. */
  kinds: readonly string[] | null;
  category: string | null;
  search: string;
}

/** Where to go on, and how far. */
interface Place {
  id: number | null;
  backward: boolean;
  count: number;
}

const maxSearchLength = 200;
const batchSize = 5_000;

/**
 * Finds the numbers of the next stored changes with all of these words in their paths, before or after. Reads the paths of the plan
 * only so far as is needed to find them, and lets others have their turn between. Throws InvalidInputError for a search
 * that is too long.
 */
export async function searchPlan(
  database: Pick<Database, 'read'>,
  { jobId, kinds, category, search }: PlanSearch,
  { id, backward, count }: Place,
): Promise<number[]> {
  if (search.length > maxSearchLength || !isStorableText(search)) {
    throw new InvalidInputError('search', `A search has at most ${maxSearchLength} whole characters, and no NUL.`);
  }
  const terms = searchTermsOf(search);
  const isOfKind = kinds === null ? empty : sql`AND kind IN (${join(kinds)})`;
  const isOfCategory = category === null ? empty : sql`AND (category = ${category} OR from_category = ${category})`;
  const [isBeyond, direction] = backward ? [raw('<'), raw('DESC')] : [raw('>'), raw('ASC')];
  const found: number[] = [];
  for (let last = id ?? (backward ? maxRowNumber : 0); ;) {
    const rows = await database.read(sql`
      SELECT id, relative_path, from_path FROM scan_plan_entries
      WHERE job_id = ${jobId} AND id ${isBeyond} ${last} ${isOfKind} ${isOfCategory}
      ORDER BY id ${direction} LIMIT ${batchSize}`);
    for (const row of rows) {
      last = Number(row.id);
      const paths = foldText([row.relative_path, row.from_path ?? ''].join('\n'));
      if (terms.every((term) => paths.includes(term))) found.push(last);
      if (found.length === count) return found;
    }
    if (rows.length < batchSize) return found;
    await setImmediate();
  }
}
