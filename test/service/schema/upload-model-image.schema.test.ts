import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { sha256Of } from '../../support/legacy-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestService } from '../../support/test-service.ts';
import { makePicture } from '../../support/upload.ts';

const sha256 = sha256Of('model');
const query = `mutation ($input: UploadModelImageInput!) { uploadModelImage(input: $input) {
  __typename ... on ModelImage { seq url(quality: LOW) } ... on Error { code } } }`;

async function send(url: string, bytes: Uint8Array, hash = sha256): Promise<unknown> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { input: { sha256: hash, image: null } } }));
  form.set('map', '{"image":["variables.input.image"]}');
  form.set('image', new Blob([Buffer.from(bytes)]), 'picture.png');
  const response = await fetch(url, { method: 'POST', body: form, headers: { 'graphql-require-preflight': '1' } });
  const { data } = (await response.json()) as { data?: { uploadModelImage: unknown } };
  return data?.uploadModelImage;
}

describeOnEachDatabase('uploadModelImage', (open) => {
  it('gives a model one more picture, whole or not at all', async () => {
    const dataDir = await temporaryFolder();
    const environment = { DATA_DIR: dataDir, UPLOAD_MAX_BYTES: '100000' };
    const service = await startTestService({ databaseUrl: open.url(), environment });
    const data = { sha256, path: '/m/a.bin', createdAt: new Date(), meta: {}, searchText: '' };
    await service.app.database.prisma.model.create({ data });
    const picture = await makePicture();

    const url = `/images/${sha256}_0_low.webp`;
    expect(await send(service.url, picture)).toEqual({ __typename: 'ModelImage', seq: 0, url });
    expect((await fetch(new URL(url, service.url))).headers.get('content-type')).toBe('image/webp');
    const many = await Promise.all(Array.from({ length: 10 }, () => send(service.url, picture, sha256.toUpperCase())));
    expect((many as { seq: number }[]).map(({ seq }) => seq).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);

    expect(await send(service.url, Buffer.from('no picture'))).toEqual({
      __typename: 'UnreadableImageError',
      code: 'UNREADABLE_IMAGE',
    });
    expect(await send(service.url, Buffer.alloc(100_001))).toEqual({
      __typename: 'FileTooLargeError',
      code: 'FILE_TOO_LARGE',
    });
    for (const hash of [sha256Of('unknown'), '../../etc', '']) {
      expect(await send(service.url, picture, hash)).toEqual({
        __typename: 'ModelNotFoundError',
        code: 'MODEL_NOT_FOUND',
      });
    }
    expect(await readdir(join(dataDir, 'images', '.incoming'))).toEqual([]);
    expect(await service.app.database.prisma.modelImage.count()).toBe(11);
  });
});
