/** The examples that GraphiQL opens with: what a newcomer wants to try, in that order. */
export const exampleTabs = [
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
    query: `# Follow a scan while it runs; without an id, the newest one.
subscription Follow {
  scanProgress {
    status
    progress { done total percent currentItem itemsPerSecond remainingSeconds }
    summary { totals { added updated unchanged missing } }
  }
}
`,
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
];
