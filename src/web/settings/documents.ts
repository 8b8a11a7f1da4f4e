import { graphql } from '../generated/gql.ts';

export const TokensDocument = graphql(/* GraphQL */ `
  query Tokens {
    apiTokens {
      id
      name
      role
      createdAt
      expiresAt
      revokedAt
      lastUsedAt
    }
  }
`);

export const MakeTokenDocument = graphql(/* GraphQL */ `
  mutation MakeToken($input: CreateApiTokenInput!) {
    result: createApiToken(input: $input) {
      __typename
      ... on CreatedApiToken {
        token
        apiToken {
          name
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const RevokeTokenDocument = graphql(/* GraphQL */ `
  mutation RevokeToken($id: ID!) {
    result: revokeApiToken(id: $id) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);
