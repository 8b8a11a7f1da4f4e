import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTestService, type TestService } from '../../../support/test-service.ts';
import { addressOf, ask, send, startCuttingProxy } from '../../../support/tus.ts';
import { makePicture, makeVideo, upload } from '../../../support/upload.ts';

const resumableFiles = ({ incomingDir }: TestService) => readdir(join(incomingDir, 'resumable'));

async function scan({ app }: TestService) {
  const job = await app.jobs.waitFor((await app.scanner.start({})).id);
  const { categories } = job.result as unknown as {
    categories: { category: string; added: number; updated: number; unchanged: number }[];
  };
  return categories.map(({ category, added, updated, unchanged }) => ({ category, added, updated, unchanged }));
}

it('stores a file with its details, names the item, and the next scan finds it unchanged', async () => {
  const service = await startTestService();
  const said = { title: 'Summer', description: 'Warm.', uploadedBy: 'Ada' };
  const details = { filename: 'Été.png', category: 'photos', folder: 'Trips/2024', ...said };
  const answer = await send(addressOf(service), await makePicture(), details);
  expect(answer).toEqual({ item: answer.body.id, body: { id: expect.any(String), isStored: true, duplicateOf: null } });
  const query = `{ mediaItem(id: "${answer.item}") { title description filename relativePath originalFilename uploadedBy category { key } } }`;
  expect((await service.post({ query })).body.data).toEqual({
    mediaItem: {
      title: 'Summer',
      description: 'Warm.',
      filename: 'Été.png',
      relativePath: 'Trips/2024/Été.png',
      originalFilename: 'Été.png',
      uploadedBy: 'Ada',
      category: { key: 'photos' },
    },
  });
  expect(await resumableFiles(service)).toEqual([]);
  expect(await scan(service)).toContainEqual({ category: 'photos', added: 0, updated: 0, unchanged: 1 });
});

it('stores a file that is sent whole with its creation', async () => {
  const service = await startTestService();
  const details = { filename: 'a.png', category: 'photos' };
  const answer = await send(addressOf(service), await makePicture(), details, { uploadDataDuringCreation: true });
  expect(answer).toEqual({ item: answer.body.id, body: { id: expect.any(String), isStored: true, duplicateOf: null } });
  expect(await resumableFiles(service)).toEqual([]);
});

it('goes on after a connection that breaks in the middle, twice', async () => {
  const service = await startTestService();
  const film = await makeVideo(12_000_000);
  const proxy = await startCuttingProxy(addressOf(service), [3_000_000, 4_000_000]);
  const answer = await send(proxy.url, film, { filename: 'film.mp4' });
  expect(proxy.cuts).toBe(2);
  expect(answer.body.isStored).toBe(true);
  const item = await service.app.database.prisma.mediaItem.findFirstOrThrow();
  expect(Number(item.sizeBytes)).toBe(film.length);
  const again = await upload(service.url, film, 'again.mp4');
  expect(again.result).toMatchObject({ id: answer.item, duplicateOf: { id: answer.item } });
  expect(await scan(service)).toContainEqual({ category: 'movies', added: 0, updated: 0, unchanged: 1 });
});

it('names the earlier item of the same bytes, and stores them twice only if that is wanted', async () => {
  const service = await startTestService();
  const film = await makeVideo();
  const first = await send(addressOf(service), film, { filename: 'a.mp4' });
  const again = await send(addressOf(service), film, { filename: 'b.mp4' });
  expect(again.body).toEqual({ id: first.item, isStored: false, duplicateOf: first.item });
  const twice = await send(addressOf(service), film, { filename: 'b.mp4', allowDuplicate: 'true' });
  expect(twice.body).toMatchObject({ isStored: true, duplicateOf: first.item });
});

it('refuses wrong details before anything is sent, and wrong files after', async () => {
  const service = await startTestService({ environment: { UPLOAD_MAX_BYTES: '1000000' } });
  const endpoint = addressOf(service);
  const film = await makeVideo();
  const refused: [Buffer, Record<string, string>, number, string][] = [
    [film, { filename: 'a.mp4', category: 'nowhere' }, 404, 'UNKNOWN_CATEGORY'],
    [film, { filename: 'a.mp4', title: 'x'.repeat(501) }, 400, 'INVALID_INPUT'],
    [film, { filename: 'a.mp4', category: 'photos' }, 415, 'UNSUPPORTED_MEDIA'],
    [Buffer.concat([film, Buffer.alloc(2_000_000)]), { filename: 'a.mp4' }, 413, 'Maximum size'],
  ];
  for (const [bytes, metadata, status, text] of refused) {
    const error = await send(endpoint, bytes, metadata, { retryDelays: [] }).catch((failure: unknown) => failure);
    const { originalResponse } = error as { originalResponse: { getStatus(): number; getBody(): string } };
    expect(originalResponse.getStatus()).toBe(status);
    expect(originalResponse.getBody()).toContain(text);
  }
  expect(await resumableFiles(service)).toEqual([]);
  expect(await service.app.database.prisma.mediaItem.count()).toBe(0);
});

it('refuses what is larger than the disk before anything is sent', async () => {
  const most = 10 ** 15 - 1;
  const service = await startTestService({ environment: { UPLOAD_MAX_BYTES: String(most) } });
  const metadata = `filename ${btoa('a.mp4')}`;
  const create = (size: number) =>
    ask(addressOf(service), 'POST', { 'upload-length': String(size), 'upload-metadata': metadata });
  const refused = await create(most);
  expect([refused.status, await refused.json()]).toEqual([
    507,
    {
      code: 'DISK_TOO_SMALL',
      message: expect.stringMatching(
        /^The file has 909\.49 TB, and the disk .* has .* left: make room, then try again\.$/,
      ),
    },
  ]);
  expect(await resumableFiles(service)).toEqual([]);
  expect((await create(1_000)).status).toBe(201);
});

it('gives no page of another origin leave to upload', async () => {
  const service = await startTestService();
  const origin = 'http://evil.example';
  const preflight = await fetch(addressOf(service), {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'tus-resumable' },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  const simple = await fetch(addressOf(service), {
    method: 'POST',
    headers: { origin, 'content-type': 'text/plain' },
    body: 'x',
  });
  expect(simple.status).toBe(412);
  expect(await resumableFiles(service)).toEqual([]);
});

it('removes what has been abandoned for a day, keeps what is younger, and takes in what was complete', async () => {
  const service = await startTestService();
  const folder = join(service.incomingDir, 'resumable');
  await mkdir(folder, { recursive: true });
  const film = await makeVideo();
  const put = async (id: string, size: number, bytes: Buffer) => {
    await writeFile(join(folder, id), bytes);
    await writeFile(
      join(folder, `${id}.json`),
      JSON.stringify({ id, size, offset: 0, metadata: { filename: `${id}.mp4` } }),
    );
  };
  await put('abandoned', 99_999, film);
  await put('young', 99_999, film);
  await put('complete', film.length, film);
  const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
  await utimes(join(folder, 'abandoned'), yesterday, yesterday);
  await service.app.resume();
  expect((await readdir(folder)).toSorted()).toEqual(['young', 'young.json']);
  expect(await readdir(service.category('movies').rootPath)).toEqual(['complete.mp4']);
});
