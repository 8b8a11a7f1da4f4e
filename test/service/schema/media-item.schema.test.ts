import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const ReadMediaItem = graphql(/* GraphQL */ `
  query ReadMediaItem($id: ID!) {
    mediaItem(id: $id) {
      id
      title
      description
      category {
        key
      }
      mediaType
      storageFormat
      status
      filename
      originalFilename
      relativePath
      sizeBytes
      modifiedAt
      mimeType
      sha256
      width
      height
      durationSeconds
      hierarchy {
        name
        value
      }
      seasonNumber
      episodeNumber
      trackNumber
      uploadedBy
      createdAt
      updatedAt
      lastSeenAt
      missingSince
      deletedAt
      metadata
      streamUrl
      downloadUrl
    }
  }
`);

const ReadNodes = graphql(/* GraphQL */ `
  query ReadNodes($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on MediaItem {
        filename
      }
      ... on ScanJob {
        status
      }
    }
  }
`);

const ReadNode = graphql(/* GraphQL */ `
  query ReadNode($id: ID!) {
    node(id: $id) {
      __typename
      ... on MediaItem {
        filename
      }
    }
  }
`);

const series = {
  key: 'tv',
  label: 'TV',
  default: true,
  storage_format: 'series',
  hierarchy: { levels: ['series', 'season', 'episode'].map((name) => ({ name, key: name })) },
};
const mediaId = (number: number | string) => encodePublicId('MediaItem', number);
const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

async function scan({ app }: TestService): Promise<string> {
  const { id } = await app.scanner.start({});
  await app.jobs.waitFor(id);
  await app.prober.drain();
  return encodePublicId('ScanJob', id);
}

describeOnEachDatabase('mediaItem', (open) => {
  it('tells all that a scan found out about a file', async () => {
    const service = await startTestService({ databaseUrl: open.url(), categories: [series] });
    const { rootPath } = service.category('tv');
    const relativePath = 'Harbour Lights/Season 1/S01E02 Low_Water (2024).mp4';
    const path = join(rootPath, relativePath);
    await mkdir(dirname(path), { recursive: true });
    await copyFile('test/fixtures/video/harbour-lights-1.mp4', path);
    await scan(service);
    const { mediaItem } = await service.request(ReadMediaItem, { id: mediaId(1) });
    const hierarchy = { series: 'Harbour Lights', season: 'Season 1', episode: 'S01E02 Low_Water (2024)' };
    expect(mediaItem).toEqual({
      id: mediaId(1),
      title: 'S01E02 Low Water',
      description: null,
      category: { key: 'tv' },
      mediaType: 'VIDEO',
      storageFormat: 'SERIES',
      status: 'AVAILABLE',
      filename: 'S01E02 Low_Water (2024).mp4',
      originalFilename: null,
      relativePath,
      sizeBytes: expect.any(Number),
      modifiedAt: timestamp,
      mimeType: 'video/mp4',
      sha256: null,
      width: 640,
      height: 360,
      durationSeconds: 14,
      hierarchy: Object.entries(hierarchy).map(([name, value]) => ({ name, value })),
      seasonNumber: 1,
      episodeNumber: 2,
      trackNumber: null,
      uploadedBy: null,
      createdAt: timestamp,
      updatedAt: timestamp,
      lastSeenAt: timestamp,
      missingSince: null,
      deletedAt: null,
      metadata: {
        title: 'S01E02 Low Water',
        filename: 'S01E02 Low_Water (2024).mp4',
        category: 'tv',
        rootPath,
        relativePath,
        mediaType: 'VIDEO',
        storageFormat: 'SERIES',
        fileSize: mediaItem?.sizeBytes,
        lastModified: mediaItem?.modifiedAt,
        signature: expect.any(String),
        mimeType: 'video/mp4',
        ...hierarchy,
        seasonNumber: 1,
        episodeNumber: 2,
        technical: expect.objectContaining({}),
      },
      streamUrl: `/media/${mediaId(1)}/stream`,
      downloadUrl: `/media/${mediaId(1)}/download`,
    });
    const stream = await fetch(new URL(mediaItem?.streamUrl ?? '', service.url));
    expect((await stream.arrayBuffer()).byteLength).toBe(mediaItem?.sizeBytes);
  });

  it('is null where there is no such item, and says so where the ID cannot be one', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    expect(await service.request(ReadMediaItem, { id: mediaId(1) })).toEqual({ mediaItem: null });
    const wrong = ['', 'rubbish', mediaId('x'), mediaId('1.5'), mediaId(2 ** 31), encodePublicId('ScanJob', 1)];
    for (const id of wrong) {
      const { body } = await service.post({ query: ReadMediaItem.toString(), variables: { id } });
      expect(body).toMatchObject({
        data: { mediaItem: null },
        errors: [{ path: ['mediaItem'], extensions: { code: 'INVALID_INPUT', field: 'id' } }],
      });
    }
  });
});

describeOnEachDatabase('node and nodes', (open) => {
  it('give objects of any type in the order of their IDs, null where there is none', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await service.writeFiles('movies', ['a.mp4', 'b.mp4']);
    const scanId = await scan(service);
    const ids = [mediaId(2), mediaId(99), scanId, mediaId(1), encodePublicId('ScanJob', 'none'), mediaId(2)];
    const b = { __typename: 'MediaItem', id: mediaId(2), filename: 'b.mp4' };
    expect(await service.request(ReadNodes, { ids })).toEqual({
      nodes: [
        b,
        null,
        { __typename: 'ScanJob', id: scanId, status: 'SUCCEEDED' },
        { __typename: 'MediaItem', id: mediaId(1), filename: 'a.mp4' },
        null,
        b,
      ],
    });
    expect(await service.request(ReadNode, { id: mediaId(1) })).toEqual({
      node: { __typename: 'MediaItem', filename: 'a.mp4' },
    });
    for (const id of [mediaId(99), mediaId(2 ** 31), mediaId('x'), mediaId('1.5')]) {
      expect(await service.request(ReadNode, { id })).toEqual({ node: null });
    }
  });

  it('refuse what is no ID of a node, and more IDs than a page has items', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await catalogueFiles(service.app.database, service.category('movies'), [{ relativePath: 'a.mp4' }]);
    for (const id of ['', 'rubbish', encodePublicId('Category', 'movies'), encodePublicId('Nothing', 1)]) {
      const one = await service.post({ query: ReadNode.toString(), variables: { id } });
      expect(one.body).toMatchObject({ data: { node: null }, errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
      const some = await service.post({ query: ReadNodes.toString(), variables: { ids: [mediaId(1), id] } });
      expect(some.body).toMatchObject({ data: null, errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
    }
    const ids = Array.from({ length: 201 }, () => mediaId(1));
    const many = await service.post({ query: ReadNodes.toString(), variables: { ids } });
    expect(many.body).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT', field: 'ids' } }] });
    const { nodes } = await service.request(ReadNodes, { ids: ids.slice(1) });
    expect(nodes).toHaveLength(200);
  });
});
