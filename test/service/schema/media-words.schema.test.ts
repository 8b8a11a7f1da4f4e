import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import type { MediaFilter, UpdateMediaInput } from '../../generated/graphql.ts';
import { catalogueFiles, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const SayOfMedia = graphql(/* GraphQL */ `
  mutation SayOfMedia($input: UpdateMediaInput!) {
    updateMedia(input: $input) {
      __typename
      ... on MediaItem {
        tags
        favourite
        rating
      }
      ... on InvalidInputError {
        field
      }
    }
  }
`);

const ReadWords = graphql(/* GraphQL */ `
  query ReadWords($filter: MediaFilter, $tagSearch: String, $firstTags: Int) {
    media(filter: $filter, orderBy: { field: FILENAME }) {
      totalCount
      edges {
        node {
          filename
          tags
        }
      }
    }
    mediaTags(search: $tagSearch, first: $firstTags) {
      name
      itemCount
    }
  }
`);

describeOnEachDatabase('What people say of items in words', (open) => {
  /** Three films, the first three items. */
  async function start(): Promise<TestService> {
    const service = await startTestService({ databaseUrl: open.url() });
    const files = ['a.mp4', 'b.mp4', 'c.mp4'].map((relativePath) => ({ relativePath }));
    await catalogueFiles(service.app.database, service.category('movies'), files);
    return service;
  }

  it('gives, takes and replaces tags; a tag is one whatever its case and accents', async () => {
    const service = await start();
    expect(await say(service, 1, { tags: [' Sea  side ', 'Été', 'ete', 'Night'] })).toMatchObject({
      tags: ['Été', 'Night', 'Sea side'],
      favourite: false,
      rating: null,
    });
    expect(await say(service, 2, { addTags: ['ÉTÉ'] })).toMatchObject({ tags: ['Été'] });
    expect(await say(service, 1, { addTags: ['Boat'], removeTags: ['night', 'unknown'] })).toMatchObject({
      tags: ['Boat', 'Été', 'Sea side'],
    });
    expect(await tagsOf(service)).toEqual([
      ['Boat', 1],
      ['Été', 2],
      ['Sea side', 1],
    ]);
    expect(await tagsOf(service, 'SEA S')).toEqual([['Sea side', 1]]);
    expect(await say(service, 1, { tags: null })).toMatchObject({ tags: [] });
    await moveToStatus(service.app.database, 'b.mp4', 'DELETED');
    expect(await tagsOf(service)).toEqual([['Été', 0]]);
  });

  it('finds by tags, marks and ratings, alone and together, and by a search', async () => {
    const service = await start();
    await say(service, 1, { tags: ['Sea', 'Night'], favourite: true, rating: 5 });
    await say(service, 2, { tags: ['Sea'], rating: 3 });
    const cases: [MediaFilter, string[]][] = [
      [{ tags: ['SEA'] }, ['a.mp4', 'b.mp4']],
      [{ tags: ['sea', 'night'] }, ['a.mp4']],
      [{ tags: ['land'] }, []],
      [{ tags: [] }, ['a.mp4', 'b.mp4', 'c.mp4']],
      [{ favourite: true }, ['a.mp4']],
      [{ favourite: false }, ['b.mp4', 'c.mp4']],
      [{ rating: { gte: 4 } }, ['a.mp4']],
      [{ rating: { lte: 4 } }, ['b.mp4']],
      [{ tags: ['sea'], rating: { gte: 1 }, favourite: false }, ['b.mp4']],
      [{ search: 'nïght b' }, []],
      [{ search: 'nïght a' }, ['a.mp4']],
    ];
    for (const isIndexed of [false, true]) {
      if (isIndexed) await service.app.searchIndexer.drain();
      for (const [filter, expected] of cases) {
        expect({ isIndexed, filter, found: await find(service, filter) }).toEqual({ isIndexed, filter, found: expected });
      }
    }
    await say(service, 1, { removeTags: ['night'], favourite: null, rating: null });
    expect(await find(service, { search: 'night' })).toEqual([]);
    expect(await find(service, { favourite: true })).toEqual([]);
  });

  it('keeps it where the file is scanned again, and forgets it with the item', async () => {
    const service = await start();
    const { database } = service.app;
    await say(service, 1, { tags: ['Sea'], favourite: true, rating: 2 });
    await catalogueFiles(database, service.category('movies'), [{ relativePath: 'a.mp4', signature: 'other' }]);
    expect(await say(service, 1, {})).toMatchObject({ tags: ['Sea'], favourite: true, rating: 2 });
    expect(await find(service, { search: 'sea' })).toEqual(['a.mp4']);
    await database.prisma.mediaItem.delete({ where: { id: 1 } });
    expect(await tagsOf(service)).toEqual([]);
  });

  it('refuses what is no tag and no rating, and changes nothing then', async () => {
    const service = await start();
    await say(service, 1, { tags: ['Sea'] });
    const cases: [string, Omit<UpdateMediaInput, 'id'>][] = [
      ['input.tags', { tags: [''] }],
      ['input.tags', { tags: ['\u00ad '] }],
      ['input.tags', { tags: ['x'.repeat(101)] }],
      ['input.tags', { tags: ['a\0b'] }],
      ['input.tags', { tags: ['a'], addTags: ['b'] }],
      ['input.tags', { tags: Array.from({ length: 101 }, (_, index) => `tag ${index}`) }],
      ['input.addTags', { addTags: Array.from({ length: 100 }, (_, index) => `tag ${index}`) }],
      ['input.removeTags', { addTags: ['a'], removeTags: ['Á'] }],
      ['input.rating', { tags: ['Land'], rating: 6 }],
      ['input.rating', { rating: 0 }],
    ];
    for (const [field, changes] of cases) {
      expect({ changes, ...(await say(service, 1, changes)) }).toMatchObject({ __typename: 'InvalidInputError', field });
    }
    expect(await say(service, 1, {})).toMatchObject({ tags: ['Sea'], rating: null });
    for (const filter of [{ tags: [''] }, { tags: Array.from({ length: 21 }, String) }]) {
      const { body } = await service.post({ query: String(ReadWords), variables: { filter } });
      expect(body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'filter.tags' } }]);
    }
  });

  it('gives the same new tag from many at once', async () => {
    const service = await start();
    await Promise.all([1, 2, 3].flatMap((item) => ['One', 'Two'].map((tag) => say(service, item, { addTags: [tag] }))));
    expect(await tagsOf(service)).toEqual([
      ['One', 3],
      ['Two', 3],
    ]);
  });
});

async function say(service: TestService, item: number, changes: Omit<UpdateMediaInput, 'id'>) {
  const input = { id: encodePublicId('MediaItem', item), ...changes };
  return (await service.request(SayOfMedia, { input })).updateMedia;
}

async function find(service: TestService, filter: MediaFilter): Promise<string[]> {
  const { media } = await service.request(ReadWords, { filter });
  expect(media.totalCount).toBe(media.edges.length);
  return media.edges.map(({ node }) => node.filename);
}

async function tagsOf(service: TestService, tagSearch?: string) {
  const { mediaTags } = await service.request(ReadWords, { tagSearch });
  return mediaTags.map(({ name, itemCount }) => [name, itemCount]);
}
