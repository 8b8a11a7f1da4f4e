import { expect, it } from 'vitest';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService } from '../../support/test-service.ts';

const sha256 = 'ab'.repeat(32);

const changed = '__typename ... on Model { name description tags { name } images { seq } } ... on Error { code }';
const mutation = `mutation ($sha256: String!, $name: String, $seq: Int!, $seqs: [Int!]!) {
  updateModel(input: { sha256: $sha256, name: $name, description: "d", addTags: ["t"] }) { ${changed} }
  orderModelImages(input: { sha256: $sha256, seqs: $seqs }) { ${changed} }
  removeModelImage(input: { sha256: $sha256, seq: $seq }) { ${changed} }
}`;

describeOnEachDatabase('GraphQL on what people say of models', (open) => {
  it('changes a record and its pictures, and says why it does not', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const { prisma } = service.app.database;
    const ask = async (variables: object) => (await service.post({ query: mutation, variables })).body;
    const variables = { sha256: sha256.toUpperCase(), name: 'New', seq: 0, seqs: [1, 0] };
    const notFound = { __typename: 'ModelNotFoundError', code: 'MODEL_NOT_FOUND' };
    for (const hash of [sha256, 'x']) {
      expect(await ask({ ...variables, sha256: hash })).toEqual({
        data: { updateModel: notFound, orderModelImages: notFound, removeModelImage: notFound },
      });
    }
    await prisma.model.create({ data: { sha256, path: '/m', createdAt: new Date(0), meta: {}, searchText: '' } });
    await prisma.modelImage.createMany({ data: [0, 1].map((seq) => ({ sha256, seq, source: String(seq) })) });
    const model = { __typename: 'Model', name: 'New', description: 'd', tags: [{ name: 't' }] };
    expect(await ask(variables)).toEqual({
      data: {
        updateModel: { ...model, images: [{ seq: 0 }, { seq: 1 }] },
        orderModelImages: { ...model, images: [{ seq: 1 }, { seq: 0 }] },
        removeModelImage: { ...model, images: [{ seq: 1 }] },
      },
    });
    expect(await ask({ ...variables, name: '' })).toEqual({
      data: {
        updateModel: { __typename: 'InvalidInputError', code: 'INVALID_INPUT' },
        orderModelImages: { __typename: 'InvalidInputError', code: 'INVALID_INPUT' },
        removeModelImage: { __typename: 'ImageNotFoundError', code: 'IMAGE_NOT_FOUND' },
      },
    });
  });

  it('shows the items with the bytes of a model, and lists models in an order', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const { prisma } = service.app.database;
    const record = { path: '/m', createdAt: new Date(0), meta: {}, searchText: '' };
    await prisma.model.createMany({ data: [sha256, 'cd'.repeat(32)].map((hash) => ({ ...record, sha256: hash })) });
    const files = ['a.mp4', 'b.mp4', 'c.mp4'].map((relativePath) => ({ relativePath }));
    await catalogueFiles(service.app.database, service.category('movies'), files);
    await prisma.mediaItem.updateMany({ where: { filename: { not: 'b.mp4' } }, data: { sha256 } });
    const query = `{ models(orderBy: { field: SIZE, direction: DESC }) { edges { node { sha256 media { filename } } } } }`;
    expect((await service.post({ query })).body.data).toEqual({
      models: {
        edges: [
          { node: { sha256: 'cd'.repeat(32), media: [] } },
          { node: { sha256, media: [{ filename: 'a.mp4' }, { filename: 'c.mp4' }] } },
        ],
      },
    });
  });
});
