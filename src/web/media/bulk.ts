import { execute } from '../api/execute.ts';
import { graphql } from '../generated/gql.ts';
import type { MediaSelection, UpdateMediaManyChanges } from '../generated/graphql.ts';
import type { Started } from '../jobs/job-toast.ts';
import { runJobs } from '../jobs/run-jobs.ts';

const UpdateManyDocument = graphql(/* GraphQL */ `
  mutation UpdateMany($selection: MediaSelection!, $changes: UpdateMediaManyChanges!) {
    result: updateMediaMany(selection: $selection, changes: $changes) {
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

const HideManyDocument = graphql(/* GraphQL */ `
  mutation HideMany($selection: MediaSelection!) {
    result: hideMediaMany(selection: $selection) {
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

const RestoreManyDocument = graphql(/* GraphQL */ `
  mutation RestoreMany($selection: MediaSelection!) {
    result: restoreMediaMany(selection: $selection) {
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

/**
 * Changes everything that is selected, which may take several selections to say; the toast is the progress of all of them, and their undo.
 * `onEnd` is called when an undo has ended.
 */
export async function updateMany(
  selection: Selected,
  changes: UpdateMediaManyChanges,
  onEnd: () => void,
): Promise<void> {
  await work(
    selection,
    async (each) => (await execute(UpdateManyDocument, { selection: each, changes })).result,
    onEnd,
  );
}

export async function hideMany(selection: Selected, onEnd: () => void): Promise<void> {
  await work(selection, async (each) => (await execute(HideManyDocument, { selection: each })).result, onEnd);
}

export async function restoreMany(selection: Selected, onEnd: () => void): Promise<void> {
  await work(selection, async (each) => (await execute(RestoreManyDocument, { selection: each })).result, onEnd);
}

type Selected = MediaSelection | readonly MediaSelection[];

async function work(
  selection: Selected,
  start: (selection: MediaSelection) => Promise<Started>,
  onEnd: () => void,
): Promise<void> {
  const selections = Array.isArray(selection)
    ? (selection as readonly MediaSelection[])
    : [selection as MediaSelection];
  await runJobs(
    selections.map((each) => () => start(each)),
    { onUndo: onEnd },
  );
}
