import { isOfKind, type JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';

/** Yields the scans that came to their end, newest first, dry runs among them. */
export async function* readFinishedScans(jobs: Pick<Jobs, 'list'>): AsyncGenerator<JobRecord<'SCAN'>> {
  const statuses = ['SUCCEEDED', 'SUCCEEDED_WITH_ERRORS', 'HELD'] as const;
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<Jobs['list']>> = await jobs.list(
      { kinds: ['SCAN'], statuses },
      { count: 50, backward: false, cursor },
    );
    for (const { node } of page.edges) if (isOfKind(node, 'SCAN')) yield node;
    if (!page.hasNextPage) return;
    cursor = page.edges.at(-1)?.cursor ?? null;
  }
}
