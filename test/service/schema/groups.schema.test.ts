import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { startTestService } from '../../support/test-service.ts';

const ReadGroups = graphql(/* GraphQL */ `
  query ReadGroups($parent: String) {
    category(key: "shows") {
      groupLevels
    }
    groups(category: "shows", parent: $parent, first: 5) {
      totalCount
      edges {
        node {
          key
          level
          title
          nextLevel
          path {
            title
          }
          itemCount
          childCount
          sizeBytes
          durationSeconds
          firstItem {
            filename
            next {
              filename
            }
            previous {
              filename
            }
          }
          covers(first: 1) {
            filename
          }
          items(first: 1) {
            totalCount
            edges {
              node {
                filename
              }
            }
          }
        }
      }
    }
  }
`);

it('groups lead from a series to its seasons and their items', async () => {
  const levels = ['series', 'season', 'episode'].map((name) => ({ name, key: name }));
  const service = await startTestService({
    categories: [{ key: 'shows', label: 'Shows', default: true, hierarchy: { levels } }],
  });
  const paths = ['Show/Season 1/1.mp4', 'Show/Season 1/2.mp4', 'Show/Season 2/3.mp4'];
  await catalogueFiles(
    service.app.database,
    service.category('shows'),
    paths.map((relativePath) => ({ relativePath })),
  );
  const { category, groups } = await service.request(ReadGroups, { parent: null });
  expect(category).toEqual({ groupLevels: ['series', 'season'] });
  const ofSeries = {
    key: expect.any(String) as string,
    level: 'series',
    title: 'Show',
    nextLevel: 'season',
    path: [],
    itemCount: 3,
    childCount: 2,
    sizeBytes: 3000,
    durationSeconds: 0,
    firstItem: { filename: '1.mp4', next: { filename: '2.mp4' }, previous: null },
    covers: [{ filename: '1.mp4' }],
    items: { totalCount: 3, edges: [{ node: { filename: '1.mp4' } }] },
  };
  expect(groups).toEqual({ totalCount: 1, edges: [{ node: ofSeries }] });

  const below = await service.request(ReadGroups, { parent: groups.edges[0]?.node.key ?? '' });
  expect(below.groups).toMatchObject({
    totalCount: 2,
    edges: [
      { node: { title: 'Season 1', path: [{ title: 'Show' }], childCount: null, itemCount: 2 } },
      {
        node: {
          title: 'Season 2',
          nextLevel: null,
          firstItem: { filename: '3.mp4', next: null, previous: { filename: '2.mp4' } },
        },
      },
    ],
  });

  const answer = await service.post({ query: '{ groups(category: "shows", level: "disc") { totalCount } }' });
  expect(answer.body).toMatchObject({
    errors: [{ message: '"disc" is none of the levels. There is "series", "season".' }],
  });
});

const ReadGroup = graphql(/* GraphQL */ `
  query ReadGroup($category: String!, $key: String!) {
    group(category: $category, key: $key) {
      key
      title
      nextLevel
      itemCount
      path {
        title
      }
      items(first: 5) {
        edges {
          node {
            filename
          }
        }
      }
    }
  }
`);

it('one group is found by its key, with its items as they are played, as long as it has some', async () => {
  const levels = ['series', 'season', 'episode'].map((name) => ({ name, key: name }));
  const category = (key: string) => ({ key, label: key, hierarchy: { levels } });
  const service = await startTestService({ categories: [{ ...category('shows'), default: true }, category('others')] });
  const paths = ['Show/Season 1/2.mp4', 'Show/Season 1/1.mp4', 'Show/Season 2/3.mp4'];
  await catalogueFiles(
    service.app.database,
    service.category('shows'),
    paths.map((relativePath) => ({ relativePath })),
  );
  const series = (await service.request(ReadGroups, { parent: null })).groups.edges[0]?.node.key ?? '';
  const season = (await service.request(ReadGroups, { parent: series })).groups.edges[0]?.node.key ?? '';
  const { group } = await service.request(ReadGroup, { category: 'shows', key: season });
  expect(group).toEqual({
    key: season,
    title: 'Season 1',
    nextLevel: null,
    itemCount: 2,
    path: [{ title: 'Show' }],
    items: { edges: [{ node: { filename: '1.mp4' } }, { node: { filename: '2.mp4' } }] },
  });
  expect((await service.request(ReadGroup, { category: 'shows', key: series })).group).toMatchObject({
    title: 'Show',
    nextLevel: 'season',
    path: [],
  });

  await service.app.database.prisma.mediaItem.deleteMany({});
  expect(await service.request(ReadGroup, { category: 'shows', key: season })).toEqual({ group: null });

  const refusal = async (variables: { category: string; key: string }) =>
    (await service.post({ query: 'query ($category: String!, $key: String!) { group(category: $category, key: $key) { key } }', variables })).body;
  expect(await refusal({ category: 'shows', key: 'nonsense' })).toMatchObject({
    errors: [{ message: '"nonsense" is not the key of a group: give one that `groups` gave.' }],
  });
  expect(await refusal({ category: 'others', key: season })).toMatchObject({
    errors: [{ message: 'The group belongs to the category "shows", not to "others".' }],
  });
  expect(await refusal({ category: 'none', key: season })).toMatchObject({ errors: [{ extensions: { code: 'UNKNOWN_CATEGORY' } }] });
});
