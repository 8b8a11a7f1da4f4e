import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { startTestService } from '../../support/test-service.ts';

const ChangeMetadata = graphql(/* GraphQL */ `
  mutation ChangeMetadata($id: ID!, $metadata: JSON) {
    updateMedia(input: { id: $id, metadata: $metadata }) {
      ... on MediaItem {
        metadata
      }
    }
  }
`);

const ReadJson = graphql(/* GraphQL */ `
  query ReadJson($id: ID!) {
    media(first: 5) {
      edges {
        node {
          id
          metadata
        }
      }
    }
    mediaItem(id: $id) {
      metadata
    }
    categories {
      playback
      ui
    }
    models(first: 5) {
      edges {
        node {
          meta
        }
      }
    }
    pendingImports(first: 5) {
      edges {
        node {
          meta
        }
      }
    }
  }
`);

it('every JSON value comes back as it was given, whatever its names mean to programs', async () => {
  // As text, since a program should have no such literals.
  const odd = JSON.parse(
    '{"then":1,"catch":"x","toString":null,"constructor":{"then":[{"then":{}}]},"toJSON":"a","deep":{"then":{}}}',
  ) as Record<string, unknown>;
  const ui = JSON.parse('{"then":{"then":null}}') as unknown;
  const service = await startTestService({
    categories: [{ key: 'movies', default: true, playback: odd, ui }],
  });
  await service.writeFiles('movies', ['a.mp4', 'b.mp4']);
  await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
  const { prisma } = service.app.database;
  const model = { name: 'one', path: '/m/one', createdAt: new Date(), meta: odd as object, searchText: '' };
  await prisma.model.create({ data: { ...model, sha256: 'a'.repeat(64) } });
  await prisma.pendingImport.create({ data: { ...model, id: 1, legacyPath: '/m/one', stem: 'one' } });
  const { media } = (await service.post({ query: '{ media { edges { node { id } } } }' })).body.data as {
    media: { edges: { node: { id: string } }[] };
  };
  const id = media.edges[0]?.node.id ?? '';
  const { updateMedia } = await service.request(ChangeMetadata, { id, metadata: odd });
  expect(updateMedia).toMatchObject({ metadata: odd });
  const read = await service.request(ReadJson, { id });
  expect(read).toMatchObject({
    media: { edges: [{ node: { id, metadata: odd } }, { node: {} }] },
    mediaItem: { metadata: odd },
    categories: [{ playback: odd, ui }],
    models: { edges: [{ node: { meta: odd } }] },
    pendingImports: { edges: [{ node: { meta: odd } }] },
  });
});

it('no field is called `then` in an answer, and the error says so', async () => {
  const service = await startTestService();
  const { body } = await service.post({ query: '{ categories { then: key } }' });
  expect(body).toMatchObject({
    errors: [
      {
        message: 'No field can be called `then` in the answer. Choose another alias.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ],
  });
});
