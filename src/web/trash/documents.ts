import { graphql } from '../generated/gql.ts';

export const PurgeDocument = graphql(/* GraphQL */ `
  mutation Purge($input: PurgeMediaInput!) {
    result: purgeMedia(input: $input) {
      __typename
      ... on PurgedMedia {
        items
        sizeBytes
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
