import { readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { photo, startProxyService, type ProxyService } from '../../library/image-proxies/proxy-service.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const Create = graphql(/* GraphQL */ `
  mutation CreateProxy($input: CreateImageProxyInput!) {
    createImageProxy(input: $input) {
      __typename
      ... on ImageProxy {
        id
        media {
          filename
        }
        profile
        filename
        format
        width
        height
        sizeBytes
        originalWidth
        originalHeight
        originalSizeBytes
        savingsPercent
        wasResized
        targetDimension
        url
        s3Key
        createdAt
      }
      ... on Error {
        code
        message
      }
      ... on ImageProxyExistsError {
        existingProxy {
          id
          filename
        }
      }
    }
  }
`);

const ReadProxies = graphql(/* GraphQL */ `
  query ReadProxies {
    media(orderBy: { field: FILENAME }) {
      edges {
        node {
          filename
          imageProxy {
            filename
            media {
              filename
            }
          }
        }
      }
    }
  }
`);

async function create(service: ProxyService, filename: string, changes: { force?: boolean; profile?: string } = {}) {
  const input = { mediaId: await service.idOf(filename), ...changes };
  return (await service.request(Create, { input })).createImageProxy;
}

/** The ID of a proxy that must be there. */
async function made(service: ProxyService, filename: string, changes: { force?: boolean; profile?: string } = {}) {
  const result = await create(service, filename, changes);
  if (result.__typename !== 'ImageProxy') throw new Error(JSON.stringify(result));
  return result;
}

async function serviceWithPhoto(databaseUrl?: string): Promise<ProxyService> {
  const service = await startProxyService(databaseUrl === undefined ? {} : { databaseUrl });
  await service.writePhoto('at the beach!.jpg', await photo());
  await service.scan();
  return service;
}

describeOnEachDatabase('createImageProxy', (open) => {
  it('answers the proxy when its file is there', async () => {
    const service = await serviceWithPhoto(open.url());
    const proxy = await made(service, 'at the beach!.jpg');
    const [filename = ''] = await readdir(service.proxyFolder);
    const bytes = await readFile(join(service.proxyFolder, filename));
    const original = await readFile(service.photoPath('at the beach!.jpg'));
    expect(proxy).toEqual({
      __typename: 'ImageProxy',
      id: expect.any(String),
      media: { filename: 'at the beach!.jpg' },
      profile: 'nova',
      filename,
      format: 'JPEG',
      width: 1075,
      height: 896,
      sizeBytes: bytes.length,
      originalWidth: 1200,
      originalHeight: 1000,
      originalSizeBytes: original.length,
      savingsPercent: Math.round((1 - bytes.length / original.length) * 1000) / 10,
      wasResized: true,
      targetDimension: 896,
      url: expect.stringMatching(/^\/proxies\/[\w-]+\?v=[\da-f]{12}$/),
      s3Key: null,
      createdAt: expect.any(String),
    });
    expect(filename).toMatch(/^at_the_beach_\d+_nova\.jpg$/);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1075, height: 896 });
  });

  it('tells of the one that there is, and makes it again with force under the same ID', async () => {
    const service = await serviceWithPhoto(open.url());
    const first = await made(service, 'at the beach!.jpg');
    expect(await create(service, 'at the beach!.jpg')).toEqual({
      __typename: 'ImageProxyExistsError',
      code: 'IMAGE_PROXY_EXISTS',
      message: expect.stringContaining(first.filename),
      existingProxy: { id: first.id, filename: first.filename },
    });
    const again = await made(service, 'at the beach!.jpg', { force: true });
    expect([again.id, again.url]).toEqual([first.id, first.url]);
    expect(await readdir(service.proxyFolder)).toEqual([first.filename]);
  });

  it('makes it anew, without force, when the picture has changed, and under the extension that its bytes want', async () => {
    const service = await serviceWithPhoto(open.url());
    const first = await made(service, 'at the beach!.jpg');
    const glass = sharp({ create: { width: 1000, height: 950, channels: 4, background: '#0f08' } });
    await service.writePhoto('at the beach!.jpg', await glass.png().toBuffer());
    await service.scan();
    expect((await service.request(ReadProxies)).media.edges.map(({ node }) => node.imageProxy)).toEqual([null]);
    const second = await made(service, 'at the beach!.jpg');
    expect([second.format, second.filename]).toEqual(['PNG', first.filename.replace(/jpg$/, 'png')]);
    await service.batch();
    expect(await readdir(service.proxyFolder)).toEqual([second.filename]);
  });

  it('makes it anew when its file was lost', async () => {
    const service = await serviceWithPhoto(open.url());
    const { filename } = await made(service, 'at the beach!.jpg');
    await unlink(join(service.proxyFolder, filename));
    await made(service, 'at the beach!.jpg');
    expect(await readdir(service.proxyFolder)).toEqual([filename]);
  });

  it('makes it once for all who ask at the same time', async () => {
    const service = await serviceWithPhoto(open.url());
    const results = await Promise.all(Array.from({ length: 8 }, () => create(service, 'at the beach!.jpg')));
    // Who asks when it is made already is told so.
    const answers = new Set(results.map((result) => result.__typename));
    answers.delete('ImageProxyExistsError');
    expect(answers).toEqual(new Set(['ImageProxy']));
    expect(await service.app.database.prisma.imageProxy.count()).toBe(1);
    expect(await readdir(service.proxyFolder)).toHaveLength(1);
  });

  it('serves other profiles beside the built-in one', async () => {
    const config = { image_proxies: [{ name: 'claude', shorter_side: 500, formats: ['png'] }] };
    const service = await startProxyService({ databaseUrl: open.url(), config });
    await service.writePhoto('a.jpg', await photo());
    await service.scan();
    await made(service, 'a.jpg');
    const proxy = await made(service, 'a.jpg', { profile: 'claude' });
    expect(proxy).toMatchObject({ format: 'PNG', width: 600, height: 500, profile: 'claude', targetDimension: 500 });
    expect((await readdir(service.proxyFolder)).map((name) => name.replace(/\d+/, 'N')).toSorted()).toEqual([
      'a_N_claude.png',
      'a_N_nova.jpg',
    ]);
    expect(await create(service, 'a.jpg', { profile: 'gpt' })).toMatchObject({
      code: 'UNKNOWN_PROFILE',
      message: expect.stringContaining('nova, claude'),
    });
  });
});

describe('createImageProxy', () => {
  it('says why there is none', async () => {
    const service = await startProxyService();
    await service.writePhoto('notes.jpg', Buffer.from('not a picture'));
    await service.writePhoto('gone.jpg', await photo());
    await service.writeFiles('films', ['film.mp4']);
    await service.scan();
    await unlink(service.photoPath('gone.jpg'));
    const codes = new Map<string, unknown>();
    for (const name of ['notes.jpg', 'gone.jpg', 'film.mp4']) codes.set(name, await create(service, name));
    const unknown = { mediaId: Buffer.from('MediaItem:999').toString('base64url') };
    codes.set('unknown', (await service.request(Create, { input: unknown })).createImageProxy);
    expect([...codes].map(([name, result]) => [name, (result as { __typename: string }).__typename])).toEqual([
      ['notes.jpg', 'UnreadableImageError'],
      ['gone.jpg', 'UnreadableImageError'],
      ['film.mp4', 'NotAnImageError'],
      ['unknown', 'MediaNotFoundError'],
    ]);
    expect(await readdir(service.proxyFolder)).toEqual([]);
    expect(service.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('is a StorageError where the folder cannot be used', async () => {
    const service = await serviceWithPhoto();
    await writeFile(service.proxyFolder, 'a file in the place of the folder');
    expect(await create(service, 'at the beach!.jpg')).toMatchObject({
      __typename: 'StorageError',
      code: 'STORAGE_ERROR',
    });
  });

  it('also makes a proxy of a small image, which no batch does', async () => {
    const service = await startProxyService();
    await service.writePhoto(
      'small.png',
      await sharp(await photo(1, { width: 300, height: 200 }))
        .png()
        .toBuffer(),
    );
    await service.scan();
    expect(await made(service, 'small.png')).toMatchObject({ wasResized: false, width: 300, height: 200 });
  });
});

it('the proxies of a page of items are read at once, and so are their items', async () => {
  const service = await startProxyService();
  for (let index = 0; index < 6; index++) await service.writePhoto(`${index}.jpg`, await photo(index));
  await service.scan();
  await service.batch();
  const statements: string[] = [];
  const { database } = service.app;
  const proxies = database.prisma.imageProxy;
  const findMany = proxies.findMany.bind(proxies) as (args: unknown) => Promise<unknown>;
  Object.defineProperty(proxies, 'findMany', {
    configurable: true,
    value: (args: unknown) => (statements.push('imageProxy'), findMany(args)),
  });
  const read = database.read.bind(database);
  // Items are read by their numbers where others refer to them; the list itself is read by its order.
  database.read = (statement) => {
    if (statement.sql.includes('WHERE m.id IN')) statements.push('mediaItem');
    return read(statement);
  };
  const { media } = await service.request(ReadProxies);
  expect(media.edges.map(({ node }) => node.imageProxy?.media.filename)).toEqual(
    media.edges.map(({ node }) => node.filename),
  );
  expect(statements).toEqual(['imageProxy', 'mediaItem']);
});
