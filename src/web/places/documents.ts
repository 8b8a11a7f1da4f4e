import { graphql } from '../generated/gql.ts';

export const FoldersDocument = graphql(/* GraphQL */ `
  query Folders($category: String!, $path: String!, $after: String) {
    folders(category: $category, path: $path, first: 100, after: $after, statuses: [AVAILABLE]) {
      edges {
        node {
          name
          path
          itemCount
          covers(first: 1) {
            id
            mediumUrl: thumbnailUrl(size: MEDIUM)
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
`);

export const GroupsDocument = graphql(/* GraphQL */ `
  query Groups($category: String!, $parent: String, $after: String) {
    groups(category: $category, parent: $parent, first: 100, after: $after) {
      edges {
        node {
          key
          level
          title
          value
          itemCount
          nextLevel
          path {
            key
            level
            title
            value
          }
          covers(first: 1) {
            id
            mediumUrl: thumbnailUrl(size: MEDIUM)
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
`);

export const GroupDocument = graphql(/* GraphQL */ `
  query Group($category: String!, $key: String!) {
    group(category: $category, key: $key) {
      key
      level
      title
      value
      seasonNumber
      itemCount
      durationSeconds
      nextLevel
      path {
        key
        level
        title
      }
      covers(first: 1) {
        id
        mediumUrl: thumbnailUrl(size: MEDIUM)
        placeholder
      }
    }
  }
`);

export const GroupItemsDocument = graphql(/* GraphQL */ `
  query GroupItems($category: String!, $key: String!, $first: Int!, $after: String) {
    group(category: $category, key: $key) {
      items(first: $first, after: $after) {
        edges {
          node {
            ...TileItem
            id
            episodeNumber
            trackNumber
          }
        }
        pageInfo {
          endCursor
        }
      }
    }
  }
`);
