import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { readFinishedScans } from './finished-scans.ts';
import type { ScanInput } from './scan-input.ts';
import { isAllOfRoot } from './chosen-places.ts';
import type { CategoryScanSummary } from './scan-summary.ts';

/**
 * Finds the newest scan that is held for a category, unless a later scan of all of that category was not held. The
 * plan of a held scan or of a dry run that somebody accepted counts as carried out at the time of that scan.
 */
export async function findHeldScan(jobs: Pick<Jobs, 'list'>): Promise<JobRecord<'SCAN'> | null> {
  const held = await jobs.list({ kinds: ['SCAN'], statuses: ['HELD'] }, { count: 1, backward: false, cursor: null });
  if (held.edges.length === 0) return null;
  const settled = new Set<string>();
  const accepted = new Set<string>();
  for await (const job of readFinishedScans(jobs)) {
    const { input } = job;
    const categories = job.result?.categories ?? [];
    const isAccepted = accepted.has(job.id);
    if (input.appliesPlanOf !== undefined && acceptsLosses(input)) accepted.add(input.appliesPlanOf);
    if (input.appliesPlanOf !== undefined || (input.dryRun && !isAccepted)) continue;
    if (!isAccepted && categories.some(({ held, category }) => held && !settled.has(category))) return job;
    for (const summary of categories) {
      if (isWhole(input, summary.category) && (isAccepted || isSettled(summary))) settled.add(summary.category);
    }
  }
  return null;
}

/** What is held back are losses: who accepts all the rest leaves them held. */
function acceptsLosses({ appliesKinds }: ScanInput): boolean {
  return appliesKinds === undefined || appliesKinds.includes('LOSS');
}

function isWhole({ folders, limit }: ScanInput, category: string): boolean {
  return isAllOfRoot(folders?.[category] ?? null) && limit === null;
}

/** A scan of a root that was away settles nothing: it does not know what is in it. */
function isSettled({ held, errors }: CategoryScanSummary): boolean {
  return !held && !errors.some(({ code }) => code.startsWith('root_'));
}
