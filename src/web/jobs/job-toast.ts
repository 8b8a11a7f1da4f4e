import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { insist } from '../api/persevere.ts';
import { ServiceError } from '../api/api-errors.ts';
import { readFragment, type FragmentType } from '../generated/fragment-masking.ts';
import { graphql } from '../generated/gql.ts';
import { say, toastManager } from '../ui/say.ts';
import { jobTexts } from '../words/jobs.ts';
import { asOne } from './as-one.ts';
import { outcomeOf } from './describe-job.ts';
import { followJob } from './follow-job.ts';
import { isEnded, JobFacts, type Job } from './job-facts.ts';

const UndoBulkDocument = graphql(/* GraphQL */ `
  mutation UndoBulk($id: ID!) {
    result: undoBulkJob(id: $id) {
      __typename
      ... on Job {
        ...JobFacts
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** What a mutation answers that starts a job: the job, or why there is none. */
export type Started = FragmentType<typeof JobFacts> | { __typename: string; code: string; message: string };

/** The job that was started. Throws ServiceError with the reason where none was. */
export function startedJob(result: Started): Job {
  if ('message' in result) {
    throw new ServiceError(result.message, { code: result.code, status: 200, retryAfterSeconds: null });
  }
  return readFragment(JobFacts, result);
}

/** Brings back what jobs hid, as jobs that are shown in the same way. Throws ServiceError where nothing can be undone. */
export async function undo(ids: readonly string[], onEnd: () => void = () => undefined): Promise<void> {
  const jobs = await Promise.all(
    ids.map(async (id) => startedJob((await insist(() => execute(UndoBulkDocument, { id }))).result)),
  );
  const toast = openToast(jobs);
  toast.end(await Promise.all(jobs.map((job) => endOf(job, toast.show))), onEnd);
}

interface JobToast {
  /** Shows how a job is, which may be one that has only begun. */
  show: (job: Job) => void;
  /** Says what came of all of them; null for those of which nothing is known any more. */
  end: (ended: readonly (Job | null)[], onEnd: () => void) => void;
}

/** One toast for jobs that are one piece of work. While `isWhole` is false, others are still to come. */
export function openToast(first: readonly Job[], isWhole: () => boolean = () => true): JobToast {
  const states = new Map(first.map((job) => [job.id, job]));
  const toast = toastManager.add({ title: titleOf(first, isWhole()), timeout: 0 });
  return {
    show(job) {
      states.set(job.id, job);
      const all = [...states.values()];
      toastManager.update(toast, {
        title: titleOf(all, isWhole()),
        description: isWhole() ? percentOf(all) : '',
      });
    },
    end(ended, onEnd) {
      const jobs = ended.filter((job) => job !== null);
      if (jobs.length === 0) {
        toastManager.update(toast, { title: jobTexts.gone, description: '', timeout: 8_000 });
        return;
      }
      const undoable = jobs.filter((job) => job.__typename === 'BulkJob' && job.canUndo).map(({ id }) => id);
      const undoThis = () => {
        toastManager.close(toast);
        undo(undoable, onEnd).then(onEnd, (error: unknown) => say(describeFailure(error)));
      };
      toastManager.update(toast, {
        ...whatCameOf(jobs),
        timeout: 8_000,
        ...(undoable.length > 0 && { actionProps: { children: jobTexts.undo, onClick: undoThis } }),
      });
    },
  };
}

/** Waits until a job has ended; null where nothing is known of it any more. */
export function endOf(first: Job, onState: (job: Job) => void): Promise<Job | null> {
  return new Promise((resolve) => {
    if (isEnded(first)) resolve(first);
    else followJob(first.id, (job) => (job === null || isEnded(job) ? resolve(job) : onState(job)));
  });
}

function titleOf(jobs: readonly Job[], isWhole: boolean): string {
  const [first] = jobs;
  if (first === undefined) return '';
  const doing = jobTexts.running[first.__typename === 'BulkJob' ? first.action : first.kind] ?? '';
  const isKnown = isWhole && jobs.every(({ progress }) => typeof progress.total === 'number');
  const done = sum(jobs, ({ progress }) => progress.done);
  return `${doing} ${jobTexts.progress(done, isKnown ? totalOf(jobs) : null)}`.trim();
}

function percentOf(jobs: readonly Job[]): string {
  const total = totalOf(jobs);
  return total > 0 ? `${Math.floor((100 * sum(jobs, ({ progress }) => progress.done)) / total)} %` : '';
}

function whatCameOf(jobs: readonly Job[]): { title: string; description: string } {
  const failed = sum(jobs, (job) => (job.__typename === 'BulkJob' && job.bulkReport?.failed) || 0);
  const broken = jobs.find(({ status }) => status !== 'SUCCEEDED' && status !== 'SUCCEEDED_WITH_ERRORS');
  return {
    title: broken === undefined ? said(jobs) || jobTexts.states.SUCCEEDED : jobTexts.broke,
    description: failed > 0 ? jobTexts.failed(failed) : (broken?.failure ?? ''),
  };
}

function said(jobs: readonly Job[]): string {
  const all = asOne(jobs);
  if (all === undefined) return '';
  return all.__typename === 'BulkJob' ? jobTexts.done[all.action](all.bulkReport?.changed ?? 0) : outcomeOf(all);
}

function totalOf(jobs: readonly Job[]): number {
  return sum(jobs, ({ progress }) => progress.total ?? 0);
}

function sum(jobs: readonly Job[], valueOf: (job: Job) => number): number {
  return jobs.reduce((total, job) => total + valueOf(job), 0);
}
