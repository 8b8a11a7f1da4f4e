import { graphql } from '../generated/gql.ts';

export const ModelsDocument = graphql(/* GraphQL */ `
  query Models($search: String, $type: String, $tagIds: [Int!], $orderBy: ModelOrder!, $after: String) {
    models(search: $search, type: $type, tagIds: $tagIds, orderBy: $orderBy, first: 60, after: $after) {
      totalCount
      edges {
        node {
          sha256
          name
          type
          sizeBytes
          images(first: 1) {
            seq
            low: url(quality: LOW)
            medium: url(quality: MEDIUM)
            high: url(quality: HIGH)
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

export const ModelFacetsDocument = graphql(/* GraphQL */ `
  query ModelFacets {
    modelTypes {
      name
      modelCount
    }
    tags {
      tagId
      name
      modelCount
    }
  }
`);

export const PendingCountDocument = graphql(/* GraphQL */ `
  query PendingCount {
    pendingImports(first: 1) {
      totalCount
    }
  }
`);

/** What the page of a model shows. */
export const ModelFacts = graphql(/* GraphQL */ `
  fragment ModelFacts on Model {
    sha256
    name
    type
    description
    sizeBytes
    createdAt
    updatedAt
    tags {
      tagId
      name
    }
    images {
      seq
      low: url(quality: LOW)
      medium: url(quality: MEDIUM)
      high: url(quality: HIGH)
    }
    media {
      id
      title
      thumbnailUrl
      category {
        label
      }
    }
  }
`);

export const ModelDocument = graphql(/* GraphQL */ `
  query Model($sha256: String!, $seesPaths: Boolean!) {
    model(sha256: $sha256) {
      path @include(if: $seesPaths)
      ...ModelFacts
    }
  }
`);

export const UpdateModelDocument = graphql(/* GraphQL */ `
  mutation UpdateModel($input: UpdateModelInput!) {
    result: updateModel(input: $input) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

export const OrderPicturesDocument = graphql(/* GraphQL */ `
  mutation OrderPictures($input: OrderModelImagesInput!) {
    result: orderModelImages(input: $input) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

export const RemovePictureDocument = graphql(/* GraphQL */ `
  mutation RemovePicture($input: RemoveModelImageInput!) {
    result: removeModelImage(input: $input) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

export const UploadPictureDocument = graphql(/* GraphQL */ `
  mutation UploadPicture($sha256: String!, $image: Upload!) {
    result: uploadModelImage(input: { sha256: $sha256, image: $image }) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** A record that waits for the hash of its file, with the model that has that hash already, as far as it is known. */
export const PendingFacts = graphql(/* GraphQL */ `
  fragment PendingFacts on PendingImport {
    id
    legacyId
    name
    type
    sizeBytes
    createdAt
    path @include(if: $seesPaths)
    legacyPath @include(if: $seesPaths)
    imageUrls
    tags {
      name
    }
    model {
      ...RivalFacts
    }
  }
`);

/** What a conflict is decided by. */
export const RivalFacts = graphql(/* GraphQL */ `
  fragment RivalFacts on Model {
    sha256
    name
    type
    sizeBytes
    createdAt
    path @include(if: $seesPaths)
    images {
      seq
      low: url(quality: LOW)
      medium: url(quality: MEDIUM)
      high: url(quality: HIGH)
    }
    tags {
      name
    }
  }
`);

export const PendingImportsDocument = graphql(/* GraphQL */ `
  query PendingImports($search: String, $after: String, $seesPaths: Boolean!) {
    pendingImports(search: $search, first: 50, after: $after) {
      totalCount
      edges {
        node {
          ...PendingFacts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The imports that remember a hash which a model has, and the hash job that is under way. */
export const HashConflictsDocument = graphql(/* GraphQL */ `
  query HashConflicts($seesPaths: Boolean!) {
    pendingImports(hashed: true, first: 25) {
      edges {
        node {
          ...PendingFacts
        }
      }
    }
    jobs(kinds: [HASH], statuses: [QUEUED, RUNNING, CANCELLING], first: 1) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

export const HashPendingDocument = graphql(/* GraphQL */ `
  mutation HashPending($input: HashPendingModelsInput!) {
    result: hashPendingModels(input: $input) {
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
