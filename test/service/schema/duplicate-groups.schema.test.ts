import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { startTestService } from '../../support/test-service.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';

const ReadDuplicates = graphql(/* GraphQL */ `
  query ReadDuplicates($categories: [String!], $copies: Int!) {
    duplicateGroups(first: 5, categories: $categories) {
      totalCount
      wastedBytes
      edges {
        node {
          sha256
          count
          sizeBytes
          wastedBytes
          items(first: $copies) {
            filename
          }
        }
      }
    }
  }
`);

it('groups what was hashed by its bytes, without another call', async () => {
  const service = await startTestService();
  const names = ['a.mp4', 'b.mp4', 'c.mp4'];
  await catalogueFiles(
    service.app.database,
    service.category('movies'),
    names.map((relativePath) => ({ relativePath })),
  );
  const sha256 = 'f'.repeat(64);
  await service.app.database.prisma.mediaItem.updateMany({ data: { sha256, updatedAt: new Date() } });
  service.app.mediaEvents.publish({ category: 'movies', updated: [1, 2, 3] });
  await expect
    .poll(async () => service.request(ReadDuplicates, { categories: ['movies'], copies: 2 }))
    .toEqual({
      duplicateGroups: {
        totalCount: 1,
        wastedBytes: 2000,
        edges: [
          {
            node: {
              sha256,
              count: 3,
              sizeBytes: 1000,
              wastedBytes: 2000,
              items: [{ filename: 'a.mp4' }, { filename: 'b.mp4' }],
            },
          },
        ],
      },
    });
  const answer = await service.post({
    query: '{ duplicateGroups { edges { node { items(first: 101) { id } } } } }',
  });
  expect(answer.body).toMatchObject({ errors: [{ message: '`first` is 101; 1 to 100 items of a group are given.' }] });
});
