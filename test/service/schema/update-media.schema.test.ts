import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import type { UpdateMediaInput } from '../../generated/graphql.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const ChangeMedia = graphql(/* GraphQL */ `
  mutation ChangeMedia($input: UpdateMediaInput!) {
    updateMedia(input: $input) {
      __typename
      ... on MediaItem {
        id
        title
        description
        category {
          key
        }
        metadata
      }
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        field
      }
    }
  }
`);

const FindMedia = graphql(/* GraphQL */ `
  query FindMedia($filter: MediaFilter!) {
    media(filter: $filter) {
      edges {
        node {
          id
          title
          description
          category {
            key
          }
          metadata
          updatedAt
        }
      }
    }
  }
`);

const id = encodePublicId('MediaItem', 1);
const categories = [{ key: 'movies', default: true }, { key: 'classics' }, { key: 'photos', media_type: 'image' }];

/** The service with one scanned film. */
async function start(databaseUrl: string): Promise<TestService> {
  const service = await startTestService({ databaseUrl, categories });
  await service.writeFiles('movies', ['deep/The_Long.Tide (1950).mp4']);
  await scan(service);
  return service;
}

async function scan({ app }: TestService): Promise<void> {
  await app.jobs.waitFor((await app.scanner.start({})).id);
  // They change items too.
  await Promise.all([app.prober.drain(), app.searchIndexer.drain()]);
}

async function update(service: TestService, changes: Omit<UpdateMediaInput, 'id'>) {
  return (await service.request(ChangeMedia, { input: { id, ...changes } })).updateMedia;
}

async function find(service: TestService, filter: object) {
  const { media } = await service.request(FindMedia, { filter });
  return media.edges.map(({ node }) => node);
}

describeOnEachDatabase('updateMedia', (open) => {
  it('changes what was named and nothing else, and no scan undoes it', async () => {
    const service = await start(open.url());
    const changes = {
      title: ' Tide ',
      description: 'A harbour at night',
      category: 'classics',
      metadata: { rating: 5 },
    };
    const changed = {
      __typename: 'MediaItem',
      id,
      title: 'Tide',
      description: 'A harbour at night',
      category: { key: 'classics' },
      metadata: expect.objectContaining({
        title: 'Tide',
        category: 'classics',
        relativePath: expect.any(String),
        rating: 5,
      }),
    };
    expect(await update(service, changes)).toEqual(changed);
    expect(await update(service, { title: 'Ebb' })).toEqual({
      ...changed,
      title: 'Ebb',
      metadata: expect.objectContaining({ title: 'Ebb', rating: 5 }),
    });
    const before = await find(service, {});
    await scan(service);
    expect(await find(service, {})).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('returns with null to what the scan says', async () => {
    const service = await start(open.url());
    await update(service, { title: 'Ebb', description: 'Night', category: 'classics', metadata: { rating: 5 } });
    const reset = await update(service, { title: null, description: null, category: null, metadata: null });
    expect(reset).toMatchObject({ title: 'The Long Tide', description: null, category: { key: 'movies' } });
    expect(reset).not.toHaveProperty('metadata.rating');
  });

  it('is seen by searches and filters at once', async () => {
    const service = await start(open.url());
    await update(service, { title: 'Ebb', description: 'Lighthouse' });
    expect(await find(service, { search: 'ebb' })).toHaveLength(1);
    expect(await find(service, { search: 'LIGHTHOUSE' })).toHaveLength(1);
    expect(await find(service, { search: '"long tide"' })).toHaveLength(0);
    expect(await find(service, { search: 'long.tide' })).toHaveLength(1);
    await update(service, { category: 'classics' });
    expect(await find(service, { categories: ['movies'] })).toHaveLength(0);
    expect(await find(service, { categories: ['classics'] })).toHaveLength(1);
  });

  it('answers values that make no sense with the field at fault, and changes nothing', async () => {
    const service = await start(open.url());
    const before = await find(service, {});
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    const wrong: [string, Omit<UpdateMediaInput, 'id'>][] = [
      ['input.title', { title: ' ' }],
      ['input.title', { title: 'x'.repeat(501) }],
      ['input.title', { title: 'NUL \0' }],
      ['input.description', { description: 'x'.repeat(20_001) }],
      ['input.description', { description: 'half \ud83d' }],
      ['input.category', { category: 'nothing' }],
      ['input.category', { category: 'photos' }],
      ['input.metadata', { metadata: [1] }],
      ['input.metadata', { metadata: 'text' }],
      ['input.metadata', { metadata: { text: 'x'.repeat(65_536) } }],
      ['input.metadata', { metadata: { deep: [{ text: 'NUL \0' }] } }],
      ['input.metadata', { metadata: { 'NUL \0': 1 } }],
      ['input.metadata', { metadata: { deep: nested(1_000) } }],
    ];
    for (const [field, changes] of wrong) {
      // A good value beside the wrong one is not stored either.
      const result = await update(service, { description: 'good', title: 'good', ...changes });
      expect({ changes, result }).toMatchObject({
        result: { __typename: 'InvalidInputError', code: 'INVALID_INPUT', field },
      });
    }
    expect(await find(service, {})).toEqual(before);
  });

  it('answers that there is no such item for IDs of nothing and of something else', async () => {
    const service = await start(open.url());
    for (const none of [encodePublicId('MediaItem', 99), encodePublicId('ScanJob', 'x'), 'rubbish', '']) {
      expect(await service.request(ChangeMedia, { input: { id: none, title: 'x' } })).toEqual({
        updateMedia: {
          __typename: 'MediaNotFoundError',
          code: 'MEDIA_NOT_FOUND',
          message: expect.stringContaining('ID'),
        },
      });
    }
  });
});
