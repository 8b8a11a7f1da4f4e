import SqliteDatabase from 'better-sqlite3';
import { beforeEach, expect, it, vi } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const BrowseMedia = graphql(/* GraphQL */ `
  query BrowseMedia($first: Int!, $filter: MediaFilter) {
    media(first: $first, filter: $filter) {
      totalCount
      pageInfo {
        endCursor
      }
      edges {
        node {
          ...BrowsedItem
        }
      }
    }
  }
`);

graphql(/* GraphQL */ `
  fragment BrowsedItem on MediaItem {
    id
    title
    status
    category {
      key
      rootExists
      counts {
        total
      }
      totalSizeBytes
      lastScannedAt
    }
    hierarchy {
      name
      value
    }
    metadata
    lastSeenAt
  }
`);

const BrowseNodes = graphql(/* GraphQL */ `
  query BrowseNodes($ids: [ID!]!) {
    nodes(ids: $ids) {
      ...BrowsedItem
      ... on ScanJob {
        jobStatus: status
      }
    }
  }
`);

const BrowseJobs = graphql(/* GraphQL */ `
  query BrowseJobs($first: Int!) {
    jobs(first: $first) {
      edges {
        node {
          id
          status
          progress {
            done
          }
          ... on ScanJob {
            summary {
              totals {
                added
              }
            }
          }
        }
      }
    }
  }
`);

/** The statements that a request sends to SQLite, by whatever way. */
let count: (request: () => Promise<unknown>) => Promise<number>;

beforeEach(() => {
  const connection = new SqliteDatabase(':memory:');
  const statements = Object.getPrototypeOf(connection.prepare('SELECT 1')) as SqliteDatabase.Statement;
  const databases = Object.getPrototypeOf(connection) as SqliteDatabase.Database;
  connection.close();
  const spies = [
    ...(['all', 'get', 'iterate', 'run'] as const).map((method) => vi.spyOn(statements, method)),
    vi.spyOn(databases, 'exec'),
  ];
  const sum = () => spies.reduce((total, spy) => total + spy.mock.contexts.filter(isCounted).length, 0);
  count = async (request) => {
    const before = sum();
    await request();
    return sum() - before;
  };
});

/** Whether there are tokens is asked once a second, whatever a request asks for. */
function isCounted(statement: unknown): boolean {
  const { source = '' } = statement as Partial<SqliteDatabase.Statement>;
  return !source.includes('api_tokens');
}

async function start(): Promise<TestService> {
  const service = await startTestService();
  const files = Array.from({ length: 200 }, (_, index) => ({ relativePath: `${index}.mp4` }));
  await catalogueFiles(service.app.database, service.category('movies'), files);
  return service;
}

it.each([
  ['all', {}],
  ['searched', { search: 'mp4' }],
  ['filtered', { categories: ['movies'], sizeBytes: { gte: 1 } }],
])('a page of 200 items takes as many statements as one of a single item: %s', async (_which, filter) => {
  const service = await start();
  const ask = (first: number) => count(() => service.request(BrowseMedia, { first, filter }));
  const [one, many] = [await ask(1), await ask(200)];
  expect(many).toBe(one);
  expect(one).toBeGreaterThan(0);
  expect(one).toBeLessThanOrEqual(6);
});

it('200 nodes take as many statements as one', async () => {
  const service = await start();
  const ids = Array.from({ length: 200 }, (_, index) => encodePublicId('MediaItem', index + 1));
  const ask = (asked: string[]) => count(() => service.request(BrowseNodes, { ids: asked }));
  const [one, many] = [await ask(ids.slice(0, 1)), await ask(ids)];
  expect(many).toBe(one);
  expect(one).toBeGreaterThan(0);
  expect(one).toBeLessThanOrEqual(5);
});

it('50 jobs take as many statements as one, as a list and as nodes', async () => {
  const service = await startTestService();
  const { prisma } = service.app.database;
  const data = Array.from({ length: 50 }, (_, index) => ({
    id: `job-${index}`,
    kind: 'SCAN',
    status: 'SUCCEEDED',
    input: { categories: [], dryRun: false, limit: null },
    progress: {},
  }));
  await prisma.job.createMany({ data });
  const list = (first: number) => count(() => service.request(BrowseJobs, { first }));
  const [one, many] = [await list(1), await list(50)];
  expect(many).toBe(one);
  expect(one).toBeGreaterThan(0);
  const ids = data.map(({ id }) => encodePublicId('ScanJob', id));
  const nodes = (asked: string[]) => count(() => service.request(BrowseNodes, { ids: asked }));
  expect(await nodes(ids)).toBe(await nodes(ids.slice(0, 1)));
});
