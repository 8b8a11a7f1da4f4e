import type { Jobs } from './jobs.ts';
import type { JobRecord } from './job-record.ts';

const pageSize = 1000;

/** Yields a job's report as JSON, with every item that failed, in parts: there may be a million of them. */
export async function* writeJobReport(jobs: Pick<Jobs, 'itemErrors'>, job: JobRecord): AsyncGenerator<string> {
  const { kind, status, createdAt, startedAt, finishedAt, failure, result: report } = job;
  const head = JSON.stringify({ kind, status, createdAt, startedAt, finishedAt, failure, report });
  yield `${head.slice(0, -1)},"itemErrors":[`;
  let separator = '';
  for (let cursor: string | null = null; ;) {
    const page = await jobs.itemErrors(job.id, { count: pageSize, backward: false, cursor });
    for (const { node } of page.edges) {
      const { item, code, message, at } = node;
      yield `${separator}\n${JSON.stringify({ item, code, message, at })}`;
      separator = ',';
    }
    if (!page.hasNextPage) break;
    cursor = page.edges.at(-1)?.cursor ?? null;
  }
  yield ']}\n';
}
