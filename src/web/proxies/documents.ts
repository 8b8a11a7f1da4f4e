import { graphql } from '../generated/gql.ts';
import type { ProxiesMadeQuery } from '../generated/graphql.ts';

export const ProxyProfilesDocument = graphql(/* GraphQL */ `
  query ProxyProfiles {
    imageProxyProfiles {
      name
      shorterSide
    }
  }
`);

export const ProxySummaryDocument = graphql(/* GraphQL */ `
  query ProxySummary($profile: String!) {
    imageProxySummary(profile: $profile) {
      proxiesCreated
      errors
      savingsPercent
      totalOriginalBytes
      totalProxyBytes
    }
  }
`);

export const ProxyNeedDocument = graphql(/* GraphQL */ `
  query ProxyNeed($filter: MediaFilter!) {
    media(filter: $filter, first: 1) {
      totalCount
    }
  }
`);

export const ProxyLargestDocument = graphql(/* GraphQL */ `
  query ProxyLargest($filter: MediaFilter!) {
    media(filter: $filter, first: 12, orderBy: { field: SIZE, direction: DESC }) {
      edges {
        node {
          id
          title
          sizeBytes
          thumbnailUrl(size: MEDIUM)
        }
      }
    }
  }
`);

export const ProxiesMadeDocument = graphql(/* GraphQL */ `
  query ProxiesMade($filter: MediaFilter!, $profile: String!, $after: String) {
    media(filter: $filter, first: 24, after: $after, orderBy: { field: SIZE, direction: DESC }) {
      edges {
        node {
          id
          title
          displayUrl
          thumbnailUrl(size: MEDIUM)
          imageProxy(profile: $profile) {
            id
            url
            width
            height
            sizeBytes
            originalWidth
            originalHeight
            originalSizeBytes
            savingsPercent
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

export const StartProxiesDocument = graphql(/* GraphQL */ `
  mutation StartProxies($input: CreateImageProxiesInput!) {
    result: createImageProxies(input: $input) {
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

export const ProxyReportDocument = graphql(/* GraphQL */ `
  query ProxyReport($id: ID!) {
    job(id: $id) {
      id
      ... on ImageProxyJob {
        report {
          totalImages
          needsResize
          proxiesCreated
          remainsRemoved
          totalOriginalBytes
          totalProxyBytes
          errors
        }
      }
    }
  }
`);

export type MadeItem = ProxiesMadeQuery['media']['edges'][number]['node'];
