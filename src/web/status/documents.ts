import { graphql } from '../generated/gql.ts';

/** What can be told without the database. */
export const ComponentsDocument = graphql(/* GraphQL */ `
  query Components {
    serviceStatus {
      version
      uptimeSeconds
      thumbnailCacheBytes
      workers {
        total
        busy
        queuedTasks
      }
      thumbnailsAhead {
        state
        leftCount
      }
      database {
        state
        detail
        checkedAt
      }
      copyparty {
        state
        detail
        checkedAt
      }
      objectStorage {
        state
        detail
        checkedAt
      }
    }
  }
`);

export const DisksDocument = graphql(/* GraphQL */ `
  query Disks($seesPaths: Boolean!) {
    serviceStatus {
      queue {
        runningJobs
        queuedJobs
      }
    }
    categories {
      key
      label
      state
      offlineReason
      lastScannedAt
    }
    scanInfo {
      directories {
        category
        rootPath @include(if: $seesPaths)
        exists
        readable
        writable
        freeBytes
        totalBytes
      }
    }
  }
`);

export const ConfigurationDocument = graphql(/* GraphQL */ `
  query Configuration {
    mediaConfig {
      path
      loadedAt
      categoryKeys
      locatedWarnings {
        key
        line
        column
        message
      }
    }
  }
`);

export const ReloadConfigurationDocument = graphql(/* GraphQL */ `
  mutation ReloadConfiguration {
    result: reloadMediaConfig {
      __typename
      ... on Error {
        code
        message
      }
      ... on MediaConfigError {
        path
        faults {
          key
          line
          column
          found
          expected
        }
      }
    }
  }
`);
