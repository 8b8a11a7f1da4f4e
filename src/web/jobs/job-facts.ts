import { graphql } from '../generated/gql.ts';
import type { JobFactsFragment, JobStatus } from '../generated/graphql.ts';

/**
 * What the page shows of a job of any kind, for the documents that start, list or follow jobs: they have `...JobFacts` in
 * their selections, and `readFragment(JobFacts, …)` gives a `JobFactsFragment`.
 */
export const JobFacts = graphql(/* GraphQL */ `
  fragment JobFacts on Job {
    __typename
    id
    kind
    status
    failure
    requestedBy
    createdAt
    startedAt
    finishedAt
    progress {
      done
      total
      bytesDone
      bytesTotal
      percent
      currentItem
      itemsPerSecond
      remainingSeconds
    }
    ... on BulkJob {
      action
      canUndo
      bulkReport: report {
        changed
        unchanged
        failed
      }
    }
    ... on ScanJob {
      dryRun
      categories
      paths
      appliesPlanOf
      appliesKinds
      summary {
        totals {
          added
          updated
          moved
          missing
        }
      }
    }
    ... on ImageProxyJob {
      dryRun
      proxyReport: report {
        totalImages
        needsResize
        proxiesCreated
        proxiesSkipped
        errors
        totalOriginalBytes
        totalProxyBytes
      }
    }
    ... on HashJob {
      hashReport: report {
        total
        hashed
        migrated
        conflicts
        missing
        errors
      }
    }
  }
`);

export type Job = JobFactsFragment;

/** Whether it has ended for good: it will not change any more. */
export function isEnded({ status }: Pick<Job, 'status'>): boolean {
  return !atWork.includes(status);
}

export const atWork: JobStatus[] = ['QUEUED', 'RUNNING', 'CANCELLING'];

/** Whether somebody has to look at how it ended. */
export function needsLook({ status }: Pick<Job, 'status'>): boolean {
  return status === 'FAILED' || status === 'SUCCEEDED_WITH_ERRORS' || status === 'HELD';
}
