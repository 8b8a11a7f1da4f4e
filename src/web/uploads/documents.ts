import { graphql } from '../generated/gql.ts';

export const ExistingUploadsDocument = graphql(/* GraphQL */ `
  query ExistingUploads($sha256s: [String!]!) {
    existingUploads(sha256s: $sha256s) {
      sha256
      item {
        id
        title
      }
    }
  }
`);

export const UploadTargetsDocument = graphql(/* GraphQL */ `
  query UploadTargets {
    categories {
      key
      label
      mediaType
      isDefault
      state
    }
  }
`);
