import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { insist } from '../api/persevere.ts';
import { ServiceError } from '../api/api-errors.ts';
import { readFragment, type FragmentType } from '../generated/fragment-masking.ts';
import { graphql } from '../generated/gql.ts';
import { say, toastManager } from '../ui/say.ts';
import { jobTexts } from '../words/jobs.ts';
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

/**
 * Shows a job until it ends: the toast is its progress, then what came of it, with its undo where it has one. `onEnd` is called
 * for an undo too. Resolves with the job as it ended; null where nothing is known of it any more.
 */
export async function watchJob(first: Job, onEnd: () => void = () => undefined): Promise<Job | null> {
  const toast = toastManager.add({ title: titleOf(first), timeout: 0 });
  const job = await endOf(first, (state) =>
    toastManager.update(toast, { title: titleOf(state), description: percentOf(state) }),
  );
  if (job === null) {
    toastManager.update(toast, { title: jobTexts.gone, description: '', timeout: 8_000 });
    return null;
  }
  const undoThis = () => {
    toastManager.close(toast);
    undo(job.id, onEnd).then(onEnd, (error: unknown) => say(describeFailure(error)));
  };
  toastManager.update(toast, {
    ...whatCameOf(job),
    timeout: 8_000,
    ...(job.__typename === 'BulkJob' && job.canUndo && { actionProps: { children: jobTexts.undo, onClick: undoThis } }),
  });
  return job;
}

async function undo(id: string, onEnd?: () => void): Promise<void> {
  await watchJob(startedJob((await insist(() => execute(UndoBulkDocument, { id }))).result), onEnd);
}

function endOf(first: Job, onState: (job: Job) => void): Promise<Job | null> {
  return new Promise((resolve) => {
    if (isEnded(first)) resolve(first);
    else followJob(first.id, (job) => (job === null || isEnded(job) ? resolve(job) : onState(job)));
  });
}

function titleOf({ kind, progress, ...job }: Job): string {
  const doing = jobTexts.running[job.__typename === 'BulkJob' ? job.action : kind] ?? '';
  return `${doing} ${jobTexts.progress(progress.done, progress.total ?? null)}`.trim();
}

function percentOf({ progress: { percent } }: Job): string {
  return typeof percent === 'number' ? `${Math.floor(percent)} %` : '';
}

function whatCameOf(job: Job): { title: string; description: string } {
  const { failed = 0, changed = 0 } = (job.__typename === 'BulkJob' && job.bulkReport) || {};
  const said = job.__typename === 'BulkJob' ? jobTexts.done[job.action](changed) : outcomeOf(job);
  return {
    title: job.status === 'SUCCEEDED' ? said || jobTexts.states.SUCCEEDED : jobTexts.broke,
    description: failed > 0 ? jobTexts.failed(failed) : (job.failure ?? ''),
  };
}
