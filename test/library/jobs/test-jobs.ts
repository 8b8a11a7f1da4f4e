import { afterEach } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { createJobs, type Jobs } from '../../../src/library/jobs/jobs.ts';
import type { JobRecord } from '../../../src/library/jobs/job-record.ts';
import type { OpenTestDatabase } from '../../support/databases.ts';
import { asJobsOfTest, type JobsOfTest } from './jobs-of-test.ts';

export interface TestJobs {
  jobs: JobsOfTest;
  database: Database;
  /** What was logged: the level first. */
  logged: { level: string; fields: object; message: string }[];
}

/**
 * Makes the jobs of one process after the other; they are closed after the test. On PostgreSQL each has connections of
 * its own. On SQLite they share one: a second connection in this process would wait for the first one's transaction
 * without letting it go on.
 */
export function createTestJobs(open: OpenTestDatabase): (options?: { concurrency?: number }) => Promise<TestJobs> {
  const created: Jobs[] = [];
  let shared: Database | undefined;
  afterEach(async () => {
    await Promise.all(created.splice(0).map((jobs) => jobs.close({ graceMs: 1_000 })));
    shared = undefined;
  });

  return async (options = {}) => {
    const database = shared ?? (await open());
    if (database.provider === 'sqlite') shared = database;
    const logged: TestJobs['logged'] = [];
    const at = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
    const jobs = createJobs({ database, log: { info: at('info'), warn: at('warn'), error: at('error') }, ...options });
    created.push(jobs);
    return { jobs: asJobsOfTest(jobs), database, logged };
  };
}

/** A door that a handler waits at. */
export interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

export function createGate(): Gate {
  const opened = new AbortController();
  return { passed: untilAborted(opened.signal), open: () => opened.abort() };
}

/** Resolves when the signal is aborted, as a handler does that works until it is told to stop. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Waits until the job is as wanted. */
export async function waitUntil(jobs: Jobs, id: string, isWanted: (job: JobRecord) => boolean): Promise<JobRecord> {
  for await (const job of jobs.watch(id)) if (isWanted(job)) return job;
  throw new Error(`job ${id} never came to what was waited for`);
}
