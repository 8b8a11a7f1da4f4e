import { execute } from '../api/execute.ts';
import { follow } from '../api/live.ts';
import { ServiceError } from '../api/api-errors.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { texts } from '../words/texts.ts';
import { graphql } from '../generated/gql.ts';
import { readFragment, type FragmentType } from '../generated/fragment-masking.ts';
import type { BulkWorkFragment, MediaSelection, UpdateMediaManyChanges } from '../generated/graphql.ts';
import { say, toastManager } from '../ui/say.ts';

const BulkWork = graphql(/* GraphQL */ `
  fragment BulkWork on BulkJob {
    id
    action
    status
    failure
    canUndo
    progress {
      done
      total
    }
    report {
      changed
      failed
    }
  }
`);

const UpdateManyDocument = graphql(/* GraphQL */ `
  mutation UpdateMany($selection: MediaSelection!, $changes: UpdateMediaManyChanges!) {
    result: updateMediaMany(selection: $selection, changes: $changes) {
      __typename
      ...BulkWork
      ... on Error {
        code
        message
      }
    }
  }
`);

const HideManyDocument = graphql(/* GraphQL */ `
  mutation HideMany($selection: MediaSelection!) {
    result: hideMediaMany(selection: $selection) {
      __typename
      ...BulkWork
      ... on Error {
        code
        message
      }
    }
  }
`);

const RestoreManyDocument = graphql(/* GraphQL */ `
  mutation RestoreMany($selection: MediaSelection!) {
    result: restoreMediaMany(selection: $selection) {
      __typename
      ...BulkWork
      ... on Error {
        code
        message
      }
    }
  }
`);

const UndoDocument = graphql(/* GraphQL */ `
  mutation UndoBulk($id: ID!) {
    result: undoBulkJob(id: $id) {
      __typename
      ...BulkWork
      ... on Error {
        code
        message
      }
    }
  }
`);

const BulkProgressDocument = graphql(/* GraphQL */ `
  subscription BulkProgress($id: ID!) {
    jobProgress(jobId: $id) {
      __typename
      ...BulkWork
    }
  }
`);

const BulkJobDocument = graphql(/* GraphQL */ `
  query BulkState($id: ID!) {
    job(id: $id) {
      __typename
      ...BulkWork
    }
  }
`);

/** Changes everything that is selected; the toast is its progress, and its undo. `onEnd` is called for an undo too. */
export async function updateMany(
  selection: MediaSelection,
  changes: UpdateMediaManyChanges,
  onEnd: () => void,
): Promise<void> {
  await watch(started((await execute(UpdateManyDocument, { selection, changes })).result), onEnd);
}

export async function hideMany(selection: MediaSelection, onEnd: () => void): Promise<void> {
  await watch(started((await execute(HideManyDocument, { selection })).result), onEnd);
}

export async function restoreMany(selection: MediaSelection, onEnd: () => void): Promise<void> {
  await watch(started((await execute(RestoreManyDocument, { selection })).result), onEnd);
}

async function undo(id: string, onEnd: () => void): Promise<void> {
  await watch(started((await execute(UndoDocument, { id })).result), onEnd);
}

type Started =
  | ({ __typename: 'BulkJob' } & FragmentType<typeof BulkWork>)
  | { __typename: string; code: string; message: string };

function started(result: Started): BulkWorkFragment {
  if ('message' in result) {
    throw new ServiceError(result.message, { code: result.code, status: 200, retryAfterSeconds: null });
  }
  return readFragment(BulkWork, result);
}

/** Shows a job until it ends: the toast is its progress, then what came of it, with its undo. */
async function watch(first: BulkWorkFragment, onEnd: () => void): Promise<void> {
  const toast = toastManager.add({ title: titleOf(first), timeout: 0 });
  const job = await untilEnded(first, (state) =>
    toastManager.update(toast, { title: titleOf(state), description: progressOf(state) }),
  );
  const { changed = 0, failed = 0 } = job.report ?? {};
  const said = (texts.jobs.done[job.action] ?? texts.jobs.other)(changed);
  const undoThis = () => {
    toastManager.close(toast);
    undo(job.id, onEnd).then(onEnd, (error: unknown) => say(describeFailure(error)));
  };
  toastManager.update(toast, {
    title: job.status === 'SUCCEEDED' ? said : texts.jobs.broke,
    description: failed > 0 ? texts.jobs.failed(failed) : (job.failure ?? ''),
    timeout: 8_000,
    ...(job.canUndo && { actionProps: { children: texts.jobs.undo, onClick: undoThis } }),
  });
}

/** Follows a job by what the service tells and, where it tells nothing, by asking every five seconds. */
function untilEnded(first: BulkWorkFragment, onState: (job: BulkWorkFragment) => void): Promise<BulkWorkFragment> {
  return new Promise((resolve) => {
    let hasEnded = false;
    const see = (given: FragmentType<typeof BulkWork>) => {
      const job = readFragment(BulkWork, given);
      if (hasEnded) return;
      if (!isEnded(job)) {
        onState(job);
        return;
      }
      hasEnded = true;
      clearInterval(timer);
      stop();
      resolve(job);
    };
    const ask = () =>
      void execute(BulkJobDocument, { id: first.id }).then(
        ({ job }) => job?.__typename === 'BulkJob' && see(job),
        // The next question may be answered.
        () => undefined,
      );
    const stop = follow(
      BulkProgressDocument,
      { id: first.id },
      {
        onData: ({ jobProgress }) => jobProgress.__typename === 'BulkJob' && see(jobProgress),
      },
    );
    const timer = setInterval(ask, 5_000);
    // A short job has ended before anybody could follow it.
    ask();
  });
}

function titleOf({ action, progress }: BulkWorkFragment): string {
  return `${texts.jobs.running[action] ?? ''} ${texts.jobs.progress(progress.done, progress.total ?? null)}`.trim();
}

function progressOf({ progress: { done, total } }: BulkWorkFragment): string {
  return typeof total === 'number' && total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
}

function isEnded({ status }: BulkWorkFragment): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING';
}
