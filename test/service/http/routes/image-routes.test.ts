import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, afterAll, expect, it } from 'vitest';
import { openTestService, type TestService } from '../../../support/test-service.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../../../support/legacy-library.ts';

import { tmpdir } from 'node:os';

const sha256 = sha256Of('model');
let folder: string;
let service: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-routes-'));
  for (const name of ['one.png', 'two.jpg'])
    await writePicture(join(folder, 'media', name), { width: 100, height: 60 });
  await writeFile(join(folder, 'media', 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeLegacyDatabase(join(folder, 'legacy.sqlite3'), {
    models: [
      { id: 1, path: '/m/active.bin', hash_hex: sha256, extra_json: extraWith(['one.png', 'two.jpg']) },
      { id: 2, path: '/m/pending.v1.bin', extra_json: extraWith(['two.jpg', 'one.png']) },
      { id: 3, path: '/m/same.bin', extra_json: extraWith(['one.png']) },
      { id: 4, path: '/other/same.bin', extra_json: extraWith(['one.png']) },
      { id: 5, path: '/m/drawn.bin', extra_json: extraWith(['drawing.svg']) },
      { id: 6, path: '/m/without.bin' },
    ],
  });
  service = await openTestService({ environment: { LEGACY_ROOTS: folder, DATA_DIR: join(folder, 'data') } });
  const job = await service.app.legacyMigration.start({
    legacyDbPath: join(folder, 'legacy.sqlite3'),
    legacyImagesDir: join(folder, 'media'),
  });
  await service.app.jobs.waitFor(job.id);
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function get(path: string, init?: RequestInit) {
  const response = await fetch(service.url.replace('/graphql', path), init);
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

it('serves every picture of a model in three sizes, for ever', async () => {
  for (const [path, file] of [
    [`/images/${sha256}.webp`, `${sha256}_0_high.webp`],
    [`/images/${sha256}.webp?quality=low`, `${sha256}_0_low.webp`],
    [`/images/${sha256}.webp?quality=MEDIUM`, `${sha256}_0_medium.webp`],
    [`/images/${sha256}_1_high.webp`, `${sha256}_1_high.webp`],
  ] as const) {
    const { status, headers, bytes } = await get(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    expect(bytes).toEqual(await readFile(join(folder, 'data/images', file)));
    expect(headers.get('content-type')).toBe('image/webp');
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const again = await get(path, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  }
});

it('serves pending pictures by name, by legacy id and by the name of the model', async () => {
  const original = await readFile(join(folder, 'media/two.jpg'));
  for (const [name, isFixed] of [
    ['2_0_pending.v1.jpg', true],
    ['2', false],
    ['pending.v1', false],
    ['pending.v1.bin', false],
    ['pending.v1.png', false],
  ] as const) {
    const { status, headers, bytes } = await get(`/images/pending/${name}`);
    expect({ name, status }).toEqual({ name, status: 200 });
    expect(bytes).toEqual(original);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('cache-control')?.includes('immutable')).toBe(isFixed);
  }
});

it('does not run what a drawing holds', async () => {
  const { headers } = await get('/images/pending/5');
  expect(headers.get('content-type')).toBe('image/svg+xml');
  expect(headers.get('content-disposition')).toMatch(/^attachment/);
  expect(headers.get('content-security-policy')).toContain('sandbox');
});

it('asks for an id where a name means several', async () => {
  const { status, bytes } = await get('/images/pending/same');
  expect(status).toBe(409);
  expect(JSON.parse(bytes.toString())).toMatchObject({
    code: 'AMBIGUOUS_IMAGE_NAME',
    detail: expect.stringContaining('3, 4'),
  });
});

it.each([
  [`/images/${sha256}_2_high.webp`, 404],
  [`/images/${sha256}_0_best.webp`, 404],
  [`/images/${sha256}_00_high.webp`, 404],
  [`/images/${sha256.toUpperCase()}.webp`, 404],
  [`/images/${sha256Of('unknown')}.webp`, 404],
  [`/images/${sha256}.webp?quality=best`, 400],
  [`/images/${sha256}.webp?quality=low&quality=high`, 400],
  ['/images/..%2f..%2fcatalogue.db', 404],
  ['/images/pending/..%2f..%2f..%2fcatalogue.db', 404],
  ['/images/pending/%00', 404],
  ['/images/pending/6', 404],
  ['/images/pending/99', 404],
  ['/images/pending/nothing', 404],
  ['/images/pending/%25', 404],
])('answers %s with %i', async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

it('shows no part of a picture that has no row', async () => {
  const orphan = sha256Of('orphan');
  await mkdir(join(folder, 'data/images'), { recursive: true });
  await writeFile(join(folder, 'data/images', `${orphan}_0_high.webp`), 'half');
  expect((await get(`/images/${orphan}.webp`)).status).toBe(404);
  expect((await get(`/images/${orphan}_0_high.webp`)).status).toBe(404);
});

it('is read with GET and HEAD alone', async () => {
  expect((await get(`/images/${sha256}.webp`, { method: 'DELETE' })).status).toBe(405);
  const head = await get('/images/pending/2', { method: 'HEAD' });
  expect([head.status, head.bytes.length, Number(head.headers.get('content-length')) > 0]).toEqual([200, 0, true]);
});
