import { execute } from '../api/execute.ts';
import { insist } from '../api/persevere.ts';
import { graphql } from '../generated/gql.ts';
import type { MediaSelection, UpdateMediaManyChanges } from '../generated/graphql.ts';
import { startedJob, watchJob, type Started } from '../jobs/job-toast.ts';

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

/** Changes everything that is selected; the toast is its progress, and its undo. `onEnd` is called for an undo too. */
export async function updateMany(
  selection: MediaSelection,
  changes: UpdateMediaManyChanges,
  onEnd: () => void,
): Promise<void> {
  await start((await insist(() => execute(UpdateManyDocument, { selection, changes }))).result, onEnd);
}

export async function hideMany(selection: MediaSelection, onEnd: () => void): Promise<void> {
  await start((await insist(() => execute(HideManyDocument, { selection }))).result, onEnd);
}

export async function restoreMany(selection: MediaSelection, onEnd: () => void): Promise<void> {
  await start((await insist(() => execute(RestoreManyDocument, { selection }))).result, onEnd);
}

async function start(result: Started, onEnd: () => void): Promise<void> {
  await watchJob(startedJob(result), onEnd);
}
