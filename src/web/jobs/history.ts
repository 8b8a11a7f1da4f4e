import { hashOf } from '../api/execute.ts';
import { graphql } from '../generated/gql.ts';

export const HistoryDocument = graphql(/* GraphQL */ `
  query JobHistory($kinds: [JobKind!], $statuses: [JobStatus!], $after: String) {
    jobs(first: 50, after: $after, kinds: $kinds, statuses: $statuses) {
      totalCount
      edges {
        node {
          ...JobFacts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** All lists of jobs that are kept. */
export const historyKey = [hashOf(HistoryDocument)];
