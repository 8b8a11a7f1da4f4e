import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService } from '../../support/test-service.ts';

const ListMains = graphql(/* GraphQL */ `
  query ListMains($filter: MediaFilter, $orderBy: MediaOrder, $first: Int) {
    media(filter: $filter, orderBy: $orderBy, first: $first) {
      totalCount
      edges {
        node {
          filename
          companionOf {
            filename
          }
          companions {
            kind
            filename
            sizeBytes
            item {
              filename
            }
          }
        }
      }
    }
  }
`);

describeOnEachDatabase('Lists of media', (open) => {
  it('have everything unless companions are to be hidden, and say what belongs to what', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const { database, companions } = service.app;
    const paths = ['DSC_1.ARW', 'DSC_1.JPG', 'DSC_2.JPG'].map((name) => ({ relativePath: `a/${name}` }));
    await catalogueFiles(database, service.category('photos'), paths);
    await companions.settle(paths.map((path) => ({ ...path, rootCategory: 'photos' })));
    const orderBy = { field: 'FILENAME', direction: 'ASC' } as const;
    const jpeg = { filename: 'DSC_1.JPG', companionOf: { filename: 'DSC_1.ARW' }, companions: [] };
    const others = [
      {
        filename: 'DSC_1.ARW',
        companionOf: null,
        companions: [{ kind: 'RENDITION', filename: 'DSC_1.JPG', sizeBytes: 1000, item: { filename: 'DSC_1.JPG' } }],
      },
      { filename: 'DSC_2.JPG', companionOf: null, companions: [] },
    ];
    const list = async (filter?: { companions?: 'HIDE' | 'SHOW' | null; search?: string }) => {
      const { media } = await service.request(ListMains, { filter, orderBy });
      return { totalCount: media.totalCount, nodes: media.edges.map(({ node }) => node) };
    };
    const all = { totalCount: 3, nodes: [others[0], jpeg, others[1]] };
    expect([await list(), await list({ companions: 'SHOW' }), await list({ companions: null })]).toEqual([all, all, all]);
    expect(await list({ companions: 'HIDE' })).toEqual({ totalCount: 2, nodes: others });
    expect(await list({ companions: 'HIDE', search: 'dsc_1' })).toEqual({ totalCount: 1, nodes: [others[0]] });
    const newest = { field: 'CAPTURED_AT', direction: 'DESC' } as const;
    const { media } = await service.request(ListMains, { filter: { companions: 'HIDE' }, orderBy: newest, first: 1 });
    expect(media.edges.map(({ node }) => node)).toEqual([others[1]]);
  });
});
