import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakePassword, startFakeCopyparty, type FakeCopyparty } from '../support/fake-copyparty.ts';
import { readZip } from '../support/read-zip.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

let fake: FakeCopyparty;
let service: TestService;
let film: FoundItem;
let photo: FoundItem;

interface FoundItem {
  id: string;
  streamUrl: string;
  thumbnailUrl: string;
}

/** A film and a photo that copyparty and the disk both have, with the same size and date, and other bytes. */
async function startLibrary(environment: Record<string, string> = {}): Promise<void> {
  const settings = { COPYPARTY_URL: fake.url, COPYPARTY_PASSWORD: fakePassword, ...environment };
  service = await startTestService({ environment: settings });
  const filmPath = join(service.category('movies').rootPath, 'film.mp4');
  const modifiedAt = new Date('2024-05-06T07:08:09Z');
  await writeFile(filmPath, 'disk');
  await utimes(filmPath, modifiedAt, modifiedAt);
  const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: 'red' } });
  await picture.toFile(join(service.category('photos').rootPath, 'photo.jpg'));
  fake.addFile('/movies/film.mp4', 'far!', modifiedAt);
  fake.addFile('/photos/photo.jpg', 'x', modifiedAt);
  await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
  [film, photo] = await Promise.all([findItem('movies'), findItem('photos')]);
}

async function findItem(category: string): Promise<FoundItem> {
  const query = `{ media(filter: { categories: ["${category}"] }) { edges { node { id streamUrl thumbnailUrl } } } }`;
  const { body } = await service.post({ query });
  const { media } = body.data as { media: { edges: { node: FoundItem }[] } };
  return media.edges[0]?.node as FoundItem;
}

const get = (path: string) => fetch(new URL(path, service.url));
const read = async (path: string) => (await get(path)).text();

async function readStatus(): Promise<Record<string, { state: string; detail: string | null }>> {
  const { body } = await service.post({
    query: `{ serviceStatus { database { state detail } copyparty { state detail } objectStorage { state detail } } }`,
  });
  return (body.data as { serviceStatus: Record<string, { state: string; detail: string | null }> }).serviceStatus;
}

beforeEach(async () => {
  fake = await startFakeCopyparty();
});

describe('the service with a copyparty', () => {
  it('takes bytes, thumbnails and archives from it', async () => {
    await startLibrary();
    expect(await read(film.streamUrl)).toBe('far!');
    const thumbnail = await sharp(await (await get(photo.thumbnailUrl)).arrayBuffer()).metadata();
    // As copyparty's, and not 4 by 3, as the picture on the disk.
    expect([thumbnail.width, thumbnail.height]).toEqual([320, 180]);
    for (const path of ['/archive/movies/', `/archive?id=${film.id}`]) {
      const entries = readZip(Buffer.from(await (await get(path)).arrayBuffer()));
      expect(entries.map(({ bytes }) => bytes.toString())).toEqual(['far!']);
    }
    expect(fake.requests.filter(({ url }) => url.includes('?zip'))).toHaveLength(2);
  });

  it('goes on without it, from the disk, and with it again', async () => {
    await startLibrary();
    await fake.stop();
    expect(await read(film.streamUrl)).toBe('disk');
    const entries = readZip(Buffer.from(await (await get('/archive/movies/')).arrayBuffer()));
    expect(entries.map(({ name, bytes }) => `${name}: ${bytes.toString()}`)).toEqual(['movies/film.mp4: disk']);
    expect((await get(photo.thumbnailUrl)).status).toBe(200);
    expect((await findItem('movies')).id).toBe(film.id);
    expect((await get('/health/ready')).status).toBe(200);
    const warnings = service.logged.filter(({ msg }) => String(msg).includes('bytes come from the disk'));
    expect(warnings).toHaveLength(1);
    await fake.start();
    await expect.poll(() => read(film.streamUrl), { timeout: 60_000, interval: 200 }).toBe('far!');
  }, 20_000);

  it('takes bytes from the disk alone where BYTES_FROM says so', async () => {
    await startLibrary({ BYTES_FROM: 'disk' });
    expect(await read(film.streamUrl)).toBe('disk');
    const entries = readZip(Buffer.from(await (await get(`/archive?id=${film.id}`)).arrayBuffer()));
    expect(entries.map(({ bytes }) => bytes.toString())).toEqual(['disk']);
    expect(fake.requests.filter(({ url }) => url.includes('film.mp4'))).toEqual([]);
  });

  it('takes bytes from copyparty alone where BYTES_FROM says so', async () => {
    await startLibrary({ BYTES_FROM: 'copyparty' });
    await fake.stop();
    const response = await get(film.streamUrl);
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'UPSTREAM_UNREACHABLE' }]);
  });

  it('starts without it, and says so once', async () => {
    await fake.stop();
    await startLibrary();
    await service.app.resume();
    expect(await read(film.streamUrl)).toBe('disk');
    await expect
      .poll(() => service.logged.filter(({ msg }) => msg === 'copyparty cannot do all that it should'))
      .toMatchObject([{ level: 40, state: 'DOWN', detail: expect.stringContaining('ECONNREFUSED') }]);
  });
});

describe('the status of the service', () => {
  const notConfigured = { state: 'NOT_CONFIGURED', detail: null };
  const fine = { state: 'OK', detail: null };

  it('tells that all is well, also where nothing else is configured', async () => {
    service = await startTestService();
    expect(await readStatus()).toEqual({ database: fine, copyparty: notConfigured, objectStorage: notConfigured });
  });

  it('tells what copyparty cannot do, and that the disk stands in for it', async () => {
    await startLibrary();
    expect((await readStatus())['copyparty']).toEqual(fine);
    await fake.stop();
    await expect
      .poll(async () => (await readStatus())['copyparty'])
      .toEqual({
        state: 'DOWN',
        detail:
          `copyparty does not answer (connect ECONNREFUSED 127.0.0.1:${fake.port}): start it, or correct COPYPARTY_URL; ` +
          'while it is down, bytes come from the disk, where the root of their category is there.',
      });
  });

  it('tells of a wrong password, without telling it', async () => {
    await startLibrary({ COPYPARTY_PASSWORD: 'hunter2' });
    const { copyparty } = await readStatus();
    expect(copyparty?.state).toBe('DOWN');
    expect(copyparty?.detail).toContain('copyparty does not accept the password: correct COPYPARTY_PASSWORD');
    expect(copyparty?.detail).not.toContain('hunter2');
    expect((await get(film.streamUrl)).status).toBe(502);
  });
});
