import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../support/legacy-library.ts';
import { canMount, fillFilesystem, mountFilesystem } from '../support/mount-filesystem.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { leftIn, makePicture, upload } from '../support/upload.ts';

const sha256 = sha256Of('model');

// Skipped where this process may not mount: a full disk cannot be had otherwise.
describe.runIf(canMount)('a service whose disk is full', () => {
  it('says so wherever it writes, shows what it has, loses nothing, and works once there is room', async () => {
    const dataDir = await mountFilesystem('-o', 'size=24m');
    const service = await startTestService({ environment: { DATA_DIR: dataDir } });
    const { database, jobs, scanner, legacyMigration } = service.app;
    const photo = await sharp(randomBytes(1500 * 1500 * 3), { raw: { width: 1500, height: 1500, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    await writeFile(join(service.category('photos').rootPath, 'photo.jpg'), photo);
    await jobs.waitFor((await scanner.start({})).id);
    await service.app.prober.drain();
    await database.prisma.model.create({
      data: { sha256, path: '/m/a.bin', createdAt: new Date(), meta: {}, searchText: '' },
    });
    const id = (await idsOf(service))[0]!;
    const legacy = join(service.folder, 'hikaze_mm.sqlite3');
    await writeFile(legacy, randomBytes(200_000));

    const filler = await fillFilesystem(dataDir);
    const storage = { __typename: 'StorageError', code: 'STORAGE_ERROR' };
    for (let round = 0; round < 2; round++) {
      expect((await upload(service.url, photo, 'new.jpg', { category: 'photos' })).result).toMatchObject(storage);
      expect(await sendImage(service, photo)).toMatchObject(storage);
      expect(await makeProxy(service, id)).toMatchObject(storage);
      await expect(legacyMigration.start({ legacyDbPath: legacy, mayReadAnywhere: true })).rejects.toMatchObject({
        code: 'STORAGE_ERROR',
      });
      // The picture is shown, if it cannot be kept.
      const poster = await fetch(new URL(`/media/${id}/poster`, service.url));
      expect([poster.status, (await poster.arrayBuffer()).byteLength > 1_000]).toEqual([200, true]);
      const changed = await service.post({
        query:
          'mutation ($id: ID!, $text: String!) { updateMedia(input: { id: $id, description: $text }) { __typename ... on Error { code } } }',
        variables: { id, text: 'x'.repeat(9_000) },
      });
      expect(changed.body).toMatchObject({
        errors: [
          {
            message: expect.stringMatching(/^The database could not be written/),
            extensions: { code: 'STORAGE_ERROR' },
          },
        ],
      });
      expect(await idsOf(service)).toEqual([id]);
    }
    expect(await leftIn(join(dataDir, 'incoming'))).toEqual([]);

    await rm(filler);
    expect((await upload(service.url, await makePicture(), 'new.png', { category: 'photos' })).result).toMatchObject({
      __typename: 'MediaItem',
    });
    expect(await sendImage(service, photo)).toMatchObject({ __typename: 'ModelImage', seq: 0 });
    expect(await makeProxy(service, id)).toMatchObject({ __typename: 'ImageProxy' });
    expect(await readdir(join(dataDir, 'images', '.incoming'))).toEqual([]);
    expect(service.logged.filter(({ level }) => level === 50)).toEqual([]);
  });
});

async function idsOf(service: TestService): Promise<string[]> {
  const { body } = await service.post({ query: '{ media { edges { node { id } } } }' });
  return (body.data as { media: { edges: { node: { id: string } }[] } }).media.edges.map(({ node }) => node.id);
}

async function makeProxy(service: TestService, mediaId: string): Promise<unknown> {
  const query =
    'mutation ($mediaId: ID!) { createImageProxy(input: { mediaId: $mediaId }) { __typename ... on Error { code message } } }';
  const { body } = await service.post({ query, variables: { mediaId } });
  return (body.data as Record<string, unknown> | undefined)?.createImageProxy ?? body;
}

async function sendImage(service: TestService, bytes: Uint8Array): Promise<unknown> {
  const query =
    'mutation ($input: UploadModelImageInput!) { uploadModelImage(input: $input) { __typename ... on ModelImage { seq } ... on Error { code message } } }';
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { input: { sha256, image: null } } }));
  form.set('map', '{"image":["variables.input.image"]}');
  form.set('image', new Blob([new Uint8Array(bytes)]), 'picture.jpg');
  const headers = { 'graphql-require-preflight': '1' };
  const body = (await (await fetch(service.url, { method: 'POST', body: form, headers })).json()) as {
    data?: { uploadModelImage: unknown };
  };
  return body.data?.uploadModelImage ?? body;
}
