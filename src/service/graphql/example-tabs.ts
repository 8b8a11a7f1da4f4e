interface ExampleTab {
  query: string;
  /** JSON. */
  variables?: string;
}

/** The examples that GraphiQL opens with: what a newcomer wants to try, in that order. */
export const exampleTabs: ExampleTab[] = [
  {
    query: `# What is in the library? Press the play button.
query Library {
  categories {
    key
    label
    mediaType
    counts { available missing deleted }
    totalSizeBytes
  }
  media(first: 10, orderBy: { field: TITLE, direction: ASC }) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      node {
        id
        title
        category { label }
        width
        height
        durationSeconds
        streamUrl
      }
    }
  }
}
`,
  },
  {
    query: `# Find something: a part of a title, description or path, in any case.
query Find($term: String!) {
  media(filter: { search: $term, statuses: [AVAILABLE] }, orderBy: { field: MODIFIED_AT, direction: DESC }) {
    totalCount
    edges { node { title relativePath hierarchy { name value } metadata downloadUrl } }
  }
}
`,
    variables: '{ "term": "harbour" }',
  },
  {
    query: `# What would a scan change? A dry run writes nothing. Copy the id of the job into the next tab.
mutation Scan {
  scanMedia(input: { dryRun: true }) {
    __typename
    ... on ScanJob { id status }
    ... on Error { code message }
  }
}
`,
  },
  {
    query: `# Follow a scan while it runs. Put the id of its job into the variables below; with null, it is the newest one.
subscription Follow($id: ID) {
  scanProgress(jobId: $id) {
    id
    status
    progress { done total percent currentItem itemsPerSecond remainingSeconds }
    summary { totals { added updated unchanged missing } }
  }
}
`,
    variables: '{ "id": null }',
  },
  {
    query: `# The state of the scanner, its folders and its statistics.
query Info {
  scanInfo {
    status
    lastScan { scannedAt totals { added updated unchanged missing filesFound } }
    directories { category rootPath exists readable writable }
    library { totalItems totalSizeFormatted categories { label count sizeBytes } }
  }
}
`,
  },
  {
    query: `# Say something about an item that no scan will undo. Take an id from the first tab.
mutation Describe($id: ID!) {
  updateMedia(input: { id: $id, description: "Recommended", metadata: { rating: 5 } }) {
    __typename
    ... on MediaItem { id title description metadata updatedAt }
    ... on Error { code message }
  }
}
`,
    variables: '{ "id": "" }',
  },
  {
    query: `# Which images would get a small stand-in for vision models? A dry run makes none; jobProgress follows it.
mutation Proxies {
  createImageProxies(input: { dryRun: true }) {
    __typename
    ... on ImageProxyJob { id status }
    ... on Error { code message }
  }
}
`,
  },
  {
    query: `# What became of a job of any kind: its report, and what failed. Take its id from the answer that started it.
query Job($id: ID!) {
  job(id: $id) {
    __typename
    status
    requestedBy
    failure
    progress { done total percent }
    itemErrors(first: 10) { edges { node { item code message } } }
    ... on ImageProxyJob {
      imageReport: report { totalImages needsResize proxiesCreated errors savingsPercent }
      plan(first: 10) { edges { node { category path sizeBytes } } }
    }
    ... on HashJob { hashReport: report { total hashed migrated conflicts missing errors } }
    ... on LegacyMigrationJob { legacyReport: report { models { found migrated } pendingImports { found migrated } } }
  }
}
`,
    variables: '{ "id": "" }',
  },
  {
    query: `# Take over the database of the earlier application, which is only read. Its folder has to be one of LEGACY_ROOTS.
mutation Migrate($input: MigrateLegacyDatabaseInput!) {
  migrateLegacyDatabase(input: $input) {
    __typename
    ... on LegacyMigrationJob { id status }
    ... on Error { code message }
  }
}
`,
    variables: `{
  "input": {
    "legacyDbPath": "/srv/old/hikaze_mm.sqlite3",
    "legacyImagesDir": null,
    "pathMappings": [{ "from": "D:\\\\models", "to": "/srv/models" }]
  }
}`,
  },
  {
    query: `# Hash the files of records that wait for it: they become model records.
mutation Hash {
  hashPendingModels(input: { conflictStrategy: REPORT, limit: 100 }) {
    __typename
    ... on HashJob { id status }
    ... on Error { code message }
  }
}
`,
  },
  {
    query: `# Forget items that are missing or deleted since before a day. A dry run only counts them; no file is touched.
mutation Purge($before: DateTime!) {
  purgeMedia(input: { statuses: [MISSING, DELETED], olderThan: $before, dryRun: true }) {
    __typename
    ... on PurgedMedia { items sizeBytes dryRun }
    ... on Error { code message }
  }
}
`,
    variables: '{ "before": "2026-01-01T00:00:00Z" }',
  },
];
