import { graphql } from '../generated/gql.ts';
import type { PlanEntriesQuery, ScanPlanQuery } from '../generated/graphql.ts';

export const ScanTimesDocument = graphql(/* GraphQL */ `
  query ScanTimes {
    scanInfo {
      schedule
      nextScanAt
      isWatching
    }
    categories {
      key
      label
      state
      offlineReason
      lastScannedAt
    }
  }
`);

export const ScanDocument = graphql(/* GraphQL */ `
  mutation Scan($input: ScanMediaInput!) {
    result: scanMedia(input: $input) {
      __typename
      ... on Job {
        ...JobFacts
      }
      ... on ScanAlreadyRunningError {
        job {
          id
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const ApplyPlanDocument = graphql(/* GraphQL */ `
  mutation ApplyPlan($id: ID!, $kinds: [ScanPlanEntryKind!]) {
    result: applyScanPlan(jobId: $id, kinds: $kinds) {
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

export const ScanPlanDocument = graphql(/* GraphQL */ `
  query ScanPlan($id: ID!) {
    job(id: $id) {
      __typename
      ... on ScanJob {
        id
        categories
        paths
        limit
        full
        adoptRoot
        plan(first: 0) {
          totals {
            kind
            category
            count
            sizeBytes
          }
        }
        summary {
          categories {
            category
            unchanged
            updated
            moved
            missing
            held
            notes
            stillChanging
            errors {
              code
              message
            }
          }
        }
        itemErrors(first: 0) {
          totalCount
        }
      }
    }
  }
`);

export const PlanEntriesDocument = graphql(/* GraphQL */ `
  query PlanEntries($id: ID!, $kind: ScanPlanEntryKind!, $category: String, $search: String, $after: String) {
    job(id: $id) {
      __typename
      ... on ScanJob {
        plan(first: 200, after: $after, kinds: [$kind], category: $category, search: $search) {
          edges {
            node {
              kind
              category
              path
              fromCategory
              fromPath
              sizeBytes
              item {
                id
                title
                thumbnailUrl
                placeholder
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

/** The newest scans: which of them carry out a plan, also what others started. */
export const ApplyingScansDocument = graphql(/* GraphQL */ `
  query ApplyingScans {
    jobs(first: 30, kinds: [SCAN]) {
      edges {
        node {
          ...JobFacts
        }
      }
    }
  }
`);

type ScanPlanJob = Extract<NonNullable<ScanPlanQuery['job']>, { __typename: 'ScanJob' }>;
type EntriesJob = Extract<NonNullable<PlanEntriesQuery['job']>, { __typename: 'ScanJob' }>;
export type PlanTotal = ScanPlanJob['plan']['totals'][number];
export type CategorySummary = NonNullable<ScanPlanJob['summary']>['categories'][number];
export type PlanEntry = EntriesJob['plan']['edges'][number]['node'];
export type PlanKind = PlanEntry['kind'];
export type ScanPlan = ScanPlanJob;
