import type { JobContext, JobHandler } from '../../../src/library/jobs/job-handler.ts';
import type { JobKind, JobRecord } from '../../../src/library/jobs/job-record.ts';
import type { Jobs } from '../../../src/library/jobs/jobs.ts';

/** Jobs whose inputs and results are those of the test's handlers, whatever the rooms of the library give their kinds. */
export type JobsOfTest = Jobs & {
  register<Input extends object, Result extends object | void>(handler: TestHandler<Input, Result>): void;
  start(kind: JobKind, input: object, options?: Parameters<Jobs['start']>[2]): Promise<JobRecord>;
};

interface TestHandler<Input extends object, Result extends object | void> extends Pick<JobHandler, 'kind' | 'lane'> {
  run(context: Omit<JobContext, 'input'> & { readonly input: Input }): Promise<Result>;
  locks?(input: Input): string[];
  retryInput?(input: Input, failedItems: string[]): Input;
}

/** The same jobs: they hand the input to the handler and store its result without looking into either. */
export function asJobsOfTest(jobs: Jobs): JobsOfTest {
  return jobs as JobsOfTest;
}
