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
