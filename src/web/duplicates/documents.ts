import { graphql } from '../generated/gql.ts';

export const DuplicatesDocument = graphql(/* GraphQL */ `
  query Duplicates($after: String) {
    duplicateGroups(first: 20, after: $after) {
      totalCount
      wastedBytes
      edges {
        node {
          sha256
          count
          sizeBytes
          wastedBytes
          items(first: 6) {
            ...DuplicateItem
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const DuplicateItem = graphql(/* GraphQL */ `
  fragment DuplicateItem on MediaItem {
    id
    title
    relativePath
    createdAt
    modifiedAt
    uploadedBy
    rating
    favourite
    tags
    thumbnailUrl(size: MEDIUM)
    category {
      key
      label
    }
  }
`);
