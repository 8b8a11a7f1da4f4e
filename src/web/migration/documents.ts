import { graphql } from '../generated/gql.ts';

export const SourcesDocument = graphql(/* GraphQL */ `
  query LegacySources {
    legacySources {
      path
      sizeBytes
      modifiedAt
    }
  }
`);

export const PreviewDocument = graphql(/* GraphQL */ `
  query LegacyPreview($path: String!, $pathMappings: [PathMapping!]!) {
    preview: legacyPreview(legacyDbPath: $path, pathMappings: $pathMappings) {
      __typename
      ... on LegacyPreview {
        modelCount
        tagCount
        pictureFolders
        mappings {
          ...Hits
        }
        unmapped {
          ...Hits
        }
        unmappedFolders {
          path
          modelCount
          suggestion {
            from
            to
          }
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const Hits = graphql(/* GraphQL */ `
  fragment Hits on MappingHits {
    from
    to
    modelCount
    checkedCount
    foundCount
    outsideCount
    example {
      legacyPath
      path
    }
  }
`);

export const MigrateDocument = graphql(/* GraphQL */ `
  mutation Migrate($input: MigrateLegacyDatabaseInput!) {
    result: migrateLegacyDatabase(input: $input) {
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

/** The last migration, also one that somebody else started, or that ran before this page was opened. */
export const LastMigrationDocument = graphql(/* GraphQL */ `
  query LastMigration {
    jobs(kinds: [LEGACY_MIGRATION], first: 1) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

export const AccountDocument = graphql(/* GraphQL */ `
  query MigrationAccount($id: ID!) {
    job(id: $id) {
      id
      errorReasons {
        code
        count
        example {
          item
          message
        }
      }
      ... on LegacyMigrationJob {
        reportUrl
        account {
          ...AccountFacts
        }
      }
    }
  }
`);
