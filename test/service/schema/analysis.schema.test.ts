import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { photo, startProxyService, type ProxyService } from '../../library/image-proxies/proxy-service.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';

const Prepare = graphql(/* GraphQL */ `
  mutation PrepareImage($input: PrepareForAnalysisInput!) {
    prepareForAnalysis(input: $input) {
      __typename
      ... on AnalysisImage {
        bucket
        key
        presignedUrl
        sizeBytes
        usedProxy
        uploaded
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const ReadStorage = graphql(/* GraphQL */ `
  query ReadStorage {
    serviceStatus {
      objectStorage {
        state
        detail
      }
    }
  }
`);

async function prepare(service: ProxyService, filename: string) {
  const input = { mediaId: await service.idOf(filename) };
  return (await service.request(Prepare, { input })).prepareForAnalysis;
}

/** The image that must have been prepared, with the bytes behind its URL. */
async function prepared(service: ProxyService, filename: string) {
  const image = await prepare(service, filename);
  if (image.__typename !== 'AnalysisImage') throw new Error(JSON.stringify(image));
  const response = await fetch(image.presignedUrl);
  return { ...image, bytes: Buffer.from(await response.arrayBuffer()), type: response.headers.get('content-type') };
}

async function open(databaseUrl?: string): Promise<{ service: ProxyService; server: S3Server }> {
  const server = await startS3Server();
  const { environment } = server;
  const service = await startProxyService({ environment, ...(databaseUrl !== undefined && { databaseUrl }) });
  return { service, server };
}

const uploads = ({ requests }: S3Server) => requests.filter((request) => /^(?:PUT|POST)/.test(request));

function original(key: string | undefined, uploaded: boolean, bytes: Buffer | undefined): unknown {
  return expect.objectContaining({ key, uploaded, usedProxy: false, sizeBytes: bytes?.length });
}

async function statusOf(service: ProxyService) {
  return (await service.request(ReadStorage)).serviceStatus.objectStorage;
}

describeOnEachDatabase('prepareForAnalysis', (openDatabase) => {
  it('makes the proxy that a large image needs, and uploads it once', async () => {
    const { service, server } = await open(openDatabase.url());
    await service.writePhoto('beach.jpg', await photo());
    await service.scan();
    const first = await prepared(service, 'beach.jpg');
    const [row] = await service.app.database.prisma.imageProxy.findMany();
    expect(first).toMatchObject({
      bucket: 'analysis',
      key: `proxies/${row?.filename}`,
      sizeBytes: first.bytes.length,
      usedProxy: true,
      uploaded: true,
      type: 'image/jpeg',
    });
    expect(await sharp(first.bytes).metadata()).toMatchObject({ width: 1075, height: 896 });
    const second = await prepared(service, 'beach.jpg');
    expect([second.key, second.uploaded, second.bytes.equals(first.bytes)]).toEqual([first.key, false, true]);
    expect(uploads(server)).toEqual([`PUT /analysis/${first.key}`]);
    expect(server.unchecked).toEqual([]);
  });

  it('uploads a small image as it is, two of the same name under keys of their own', async () => {
    const { service, server } = await open(openDatabase.url());
    const [one, two] = await Promise.all([1, 2].map((seed) => photo(seed, { width: 640, height: 480 })));
    await service.writePhoto('a/small.jpg', one!);
    await service.writePhoto('b/small.jpg', two!);
    await service.scan();
    const items = await service.app.database.prisma.mediaItem.findMany({ orderBy: { relativePath: 'asc' } });
    const ids = items.map(({ id }) => Buffer.from(`MediaItem:${id}`).toString('base64url'));
    const answers = [];
    for (const mediaId of [...ids, ...ids]) {
      const { prepareForAnalysis } = await service.request(Prepare, { input: { mediaId } });
      answers.push(prepareForAnalysis);
    }
    const keys = ['uploads/small.jpg', `uploads/small_${items[1]?.id}.jpg`];
    expect(answers).toEqual([
      original(keys[0], true, one),
      original(keys[1], true, two),
      original(keys[0], false, one),
      original(keys[1], false, two),
    ]);
    expect(uploads(server)).toHaveLength(2);
  });

  it('finds a key also where other images have the names of both', async () => {
    const { service } = await open(openDatabase.url());
    for (const name of ['a/cat.jpg', 'b/cat.jpg']) {
      await service.writePhoto(name, await photo(1, { width: 640, height: 480 }));
    }
    await service.scan();
    const { prisma } = service.app.database;
    const [, second] = await prisma.mediaItem.findMany({ orderBy: { id: 'asc' } });
    const taken = ['uploads/cat.jpg', `uploads/cat_${second?.id}.jpg`];
    await prisma.analysisOriginal.createMany({ data: taken.map((s3Key) => ({ s3Key, sizeBytes: 1 })) });
    const mediaId = Buffer.from(`MediaItem:${second?.id}`).toString('base64url');
    const { prepareForAnalysis: answer } = await service.request(Prepare, { input: { mediaId } });
    expect(answer).toMatchObject({ key: `uploads/${second?.id}/cat.jpg`, uploaded: true });
  });

  it('uploads once for two who ask at once, and again when the object is gone', async () => {
    const { service, server } = await open(openDatabase.url());
    await service.writePhoto('beach.jpg', await photo());
    await service.scan();
    const both = await Promise.all([prepared(service, 'beach.jpg'), prepared(service, 'beach.jpg')]);
    expect(new Set(both.map(({ key }) => key)).size).toBe(1);
    expect(uploads(server)).toHaveLength(1);
    const { S3_ENDPOINT: endpoint } = server.environment;
    expect((await fetch(`${endpoint}/analysis/${both[0].key}`, { method: 'DELETE' })).status).toBe(204);
    expect((await prepared(service, 'beach.jpg')).uploaded).toBe(true);
  });

  it('drops the key when the picture changes, and removes the object when it is gone', async () => {
    const { service, server } = await open(openDatabase.url());
    await service.writePhoto('beach.jpg', await photo(1));
    await service.writePhoto('small.jpg', await photo(2, { width: 640, height: 480 }));
    await service.scan();
    const before = await prepared(service, 'beach.jpg');
    await prepared(service, 'small.jpg');
    await service.writePhoto('beach.jpg', await photo(3));
    await service.writePhoto('small.jpg', await photo(4, { width: 641, height: 480 }));
    await service.scan();
    const after = await prepared(service, 'beach.jpg');
    expect([after.key, after.uploaded, after.bytes.equals(before.bytes)]).toEqual([before.key, true, false]);
    expect((await sharp((await prepared(service, 'small.jpg')).bytes).metadata()).width).toBe(641);

    await service.app.database.prisma.mediaItem.deleteMany();
    const { report } = await service.batch();
    expect(report.remainsRemoved).toBe(2);
    expect(server.requests.filter((request) => request.startsWith('DELETE')).toSorted()).toEqual([
      `DELETE /analysis/${after.key}`,
      'DELETE /analysis/uploads/small.jpg',
    ]);
    expect((await fetch(after.presignedUrl)).status).toBe(404);
    expect(await service.app.database.prisma.analysisOriginal.count()).toBe(0);
  });
});

describe('prepareForAnalysis', () => {
  it('gives models a proxy of a small image whose format they do not read', async () => {
    const { service } = await open();
    await service.writePhoto(
      'small.tif',
      await sharp(await photo(1, { width: 64, height: 48 }))
        .tiff()
        .toBuffer(),
    );
    await service.scan();
    const image = await prepared(service, 'small.tif');
    expect([image.usedProxy, image.type]).toEqual([true, 'image/jpeg']);
  });

  it('uploads a large original in parts', async () => {
    const { service, server } = await open();
    // Long and narrow: many bytes, and no side that is too large.
    const data = Buffer.alloc(800 * 6000 * 3);
    for (let index = 0, state = 1; index < data.length; index++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      data[index] = state >> 16;
    }
    const raw = { raw: { width: 800, height: 6000, channels: 3 as const } };
    await service.writePhoto('long.png', await sharp(data, raw).png({ compressionLevel: 1 }).toBuffer());
    await service.scan();
    const image = await prepared(service, 'long.png');
    expect([image.usedProxy, image.key]).toEqual([false, 'uploads/long.png']);
    expect(uploads(server).filter((request) => request.startsWith('PUT')).length).toBeGreaterThan(1);
    expect(server.unchecked).toEqual([]);
  });

  it('says why there is none', async () => {
    const { service, server } = await open();
    await service.writePhoto('beach.jpg', await photo());
    await service.writePhoto('text.jpg', Buffer.from('text'));
    await service.writeFiles('films', ['film.mp4']);
    await service.scan();
    expect(await prepare(service, 'film.mp4')).toMatchObject({ __typename: 'NotAnImageError' });
    expect(await prepare(service, 'text.jpg')).toMatchObject({ __typename: 'UnreadableImageError' });
    server.isTampering = true;
    expect(await prepare(service, 'beach.jpg')).toMatchObject({
      __typename: 'ObjectStorageError',
      message: expect.stringContaining('BadDigest'),
    });
    server.isTampering = false;
    server.failures = 2;
    expect(await prepare(service, 'beach.jpg')).toMatchObject({ __typename: 'AnalysisImage' });
  });

  it('says what to set where there is no object storage', async () => {
    const service = await startProxyService();
    await service.writePhoto('beach.jpg', await photo());
    await service.scan();
    expect(await prepare(service, 'beach.jpg')).toMatchObject({
      __typename: 'ObjectStorageError',
      message: expect.stringContaining('S3_BUCKET'),
    });
  });
});

describe('the status of the object storage', () => {
  it('is OK, DOWN with the reason, or NOT_CONFIGURED', async () => {
    const { service, server } = await open();
    expect(await statusOf(service)).toEqual({ state: 'OK', detail: null });
    const environment = { ...server.environment, S3_BUCKET: 'nobodys' };
    expect(await statusOf(await startProxyService({ environment }))).toEqual({
      state: 'DOWN',
      detail: expect.stringContaining('there is no such bucket'),
    });
    expect(await statusOf(await startProxyService())).toEqual({ state: 'NOT_CONFIGURED', detail: null });
  });
});
