import { graphql } from '../generated/gql.ts';

export const HashManyDocument = graphql(/* GraphQL */ `
  mutation HashMany($selection: MediaSelection!) {
    result: hashMedia(selection: $selection) {
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

export const DeleteManyDocument = graphql(/* GraphQL */ `
  mutation DeleteMany($selection: MediaSelection!, $expectedCount: Int, $removeFiles: Boolean!) {
    result: deleteMediaMany(selection: $selection, expectedCount: $expectedCount, removeFiles: $removeFiles) {
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

export const SelectedByIdDocument = graphql(/* GraphQL */ `
  query SelectedById($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on MediaItem {
        ...ChosenItem
      }
    }
  }
`);

export const SelectedByFilterDocument = graphql(/* GraphQL */ `
  query SelectedByFilter($filter: MediaFilter, $orderBy: MediaOrder!, $after: String) {
    media(filter: $filter, first: 200, after: $after, orderBy: $orderBy) {
      edges {
        node {
          ...ChosenItem
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RangeStartDocument = graphql(/* GraphQL */ `
  query RangeStart($id: ID!, $filter: MediaFilter, $orderBy: MediaOrder!) {
    mediaPlace(id: $id, filter: $filter, orderBy: $orderBy) {
      cursor
    }
  }
`);

export const ChosenItem = graphql(/* GraphQL */ `
  fragment ChosenItem on MediaItem {
    id
    title
    description
    filename
    relativePath
    capturedAtLocal
    mediaType
  }
`);

export const RewordDocument = graphql(/* GraphQL */ `
  mutation Reword($input: UpdateMediaInput!) {
    result: updateMedia(input: $input) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

export const HandOverDocument = graphql(/* GraphQL */ `
  mutation HandOver($input: PrepareForAnalysisInput!) {
    result: prepareForAnalysis(input: $input) {
      __typename
      ... on AnalysisImage {
        presignedUrl
        sizeBytes
        usedProxy
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
