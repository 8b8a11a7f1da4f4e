import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createApiTokens } from '../../../../src/service/access/api-tokens.ts';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import { filmFixture } from '../../../base/films/film-fixture.ts';
import { catalogueFiles } from '../../../support/catalogued-files.ts';
import { fakePassword, startFakeCopyparty } from '../../../support/fake-copyparty.ts';
import { openTestService, startTestService, type TestService } from '../../../support/test-service.ts';

interface Found {
  id: string;
  filename: string;
  storyboardUrl: string | null;
}

let service: TestService;

beforeAll(async () => {
  service = await openTestService();
  const root = service.category('movies').rootPath;
  await copyFile(filmFixture('films/halves.mp4'), join(root, 'film.mp4'));
  await writeFile(join(root, 'broken.mp4'), 'x');
  const { jobs, scanner, prober } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

const get = (path: string | URL, headers: Record<string, string> = {}) =>
  fetch(new URL(path, service.url), { headers });

async function find(headers: Record<string, string> = {}): Promise<Map<string, Found>> {
  const { body } = await service.post({ query: '{ media { edges { node { id filename storyboardUrl } } } }' }, headers);
  const { edges } = (body.data as { media: { edges: { node: Found }[] } }).media;
  return new Map(edges.map(({ node }) => [node.filename, node]));
}

it('a storyboard is WebVTT, and its cues name tiles of a picture that a browser may keep', async () => {
  const items = await find();
  const { id, storyboardUrl } = items.get('film.mp4')!;
  expect(storyboardUrl).toMatch(new RegExp(`^/media/${id}/storyboard\\.vtt\\?v=[\\w-]{12}$`));
  const response = await get(storyboardUrl!);
  const text = await response.text();
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    200,
    'text/vtt; charset=utf-8',
    'private, no-cache',
  ]);
  const [first = ''] = /^storyboard\.webp\?v=[\w-]{12}#xywh=/m.exec(text) ?? [];
  expect(text).toBe(
    `WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n${first}0,0,128,96\n\n00:00:02.000 --> 00:00:03.000\n${first}128,0,128,96\n`,
  );
  const sheet = await get(new URL(first, response.url));
  expect([sheet.headers.get('content-type'), sheet.headers.get('cache-control')]).toEqual([
    'image/webp',
    'private, max-age=31536000, immutable',
  ]);
  expect(await sharp(await sheet.arrayBuffer()).metadata()).toMatchObject({ width: 256, height: 96 });
  for (const { url, headers } of [response, sheet]) {
    expect((await get(url, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  }
});

it('there is none of what is no film', async () => {
  const { id, storyboardUrl } = (await find()).get('broken.mp4')!;
  expect(storyboardUrl).toBeNull();
  for (const path of [`/media/${id}/storyboard.vtt`, `/media/${id}/storyboard.webp`]) {
    const response = await get(path);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'NO_STORYBOARD' }]);
  }
  expect(await (await get('/media/nothing/storyboard.vtt')).json()).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
});

it('a film that copyparty alone has, has one too, and an answer that tells of copyparty where that is down', async () => {
  const fake = await startFakeCopyparty();
  const environment = { COPYPARTY_URL: fake.url, COPYPARTY_PASSWORD: fakePassword, BYTES_FROM: 'copyparty' };
  const remote = await startTestService({ environment });
  const films = ['film.mp4', 'other.mp4'];
  const { database } = remote.app;
  await catalogueFiles(
    database,
    remote.category('movies'),
    films.map((relativePath) => ({ relativePath })),
  );
  const items = await database.prisma.mediaItem.findMany({ select: { id: true }, orderBy: { relativePath: 'asc' } });
  const film = await readFile(filmFixture('films/halves.mp4'));
  for (const name of films) fake.addFile(`/movies/${name}`, film);
  const [first, other] = items.map(
    ({ id }) => new URL(`/media/${encodePublicId('MediaItem', id)}/storyboard.vtt`, remote.url),
  );
  const text = await (await fetch(first!)).text();
  expect(text).toMatch(/^WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nstoryboard\.webp\?v=[\w-]{12}#xywh=0,0,128,96\n/);
  const sheet = await fetch(new URL(/^storyboard\.webp\?v=[\w-]{12}/m.exec(text)?.[0] ?? '', first));
  expect(await sharp(await sheet.arrayBuffer()).metadata()).toMatchObject({ width: 256, height: 96 });
  await fake.stop();
  const refused = await fetch(other!);
  const stream = await fetch(new URL(other!.href.replace('storyboard.vtt', 'stream')));
  expect(refused.status).toBe(stream.status);
  expect(await refused.json()).toMatchObject({ code: ((await stream.json()) as { code: string }).code });
});

// Last, as it closes the service to strangers.
it('its picture has a signature where its own address has one, and nobody comes in without', async () => {
  const { database, access } = service.app;
  const { token } = await createApiTokens(database).create({ name: 'phone', role: 'VIEWER', expiresAt: null });
  await vi.waitUntil(async () => !(await access.isOpen()), { timeout: 60_000 });
  const authorization = `Bearer ${token}`;
  const { storyboardUrl } = (await find({ authorization })).get('film.mp4')!;
  expect((await get(storyboardUrl!.replace(/&signature=.*/, ''))).status).toBe(401);
  for (const headers of [{}, { authorization }]) {
    const response = await get(storyboardUrl!, headers);
    const [sheetUrl = ''] = /^storyboard\.webp\?.*&signature=[^#]*/m.exec(await response.text()) ?? [];
    const sheet = await get(new URL(sheetUrl, response.url));
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await get(new URL(sheetUrl.replace(/&signature=.*/, ''), response.url))).status).toBe(401);
  }
});
