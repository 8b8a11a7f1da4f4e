import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import type { MediaRecord } from '../../../../src/library/catalogue/sql/media-rows.ts';
import {
  createResumableUploads,
  type ResumableUploadsOptions,
} from '../../../../src/service/http/uploads/resumable-uploads.ts';
import { startTestService } from '../../../support/test-service.ts';
import { addressOf, ask, outcomeOf, send, startCuttingProxy, type TusAnswer } from '../../../support/tus.ts';
import { makeVideo } from '../../../support/upload.ts';

it('is complete for a client that the last answer did not reach: nothing is sent or stored twice', async () => {
  const service = await startTestService();
  const film = await makeVideo(4_000_000);
  const proxy = await startCuttingProxy(addressOf(service), [], (answer) => /mediashelf-item/i.test(answer));
  const metadata = { filename: 'film.mp4', allowDuplicate: 'true' };
  const answer = await send(proxy.url, film, metadata, { chunkSize: 3_000_000 });
  expect(proxy.cuts).toBe(1);
  expect(proxy.bytes).toBeLessThan(film.length + 100_000);
  const [item, ...others] = await service.app.database.prisma.mediaItem.findMany();
  expect(others).toEqual([]);
  expect(answer).toEqual(outcomeOf((name) => (name === 'Mediashelf-Stored' ? 'true' : idUnless(name, item?.id))));
});

const idUnless = (header: string, id = 0) => (header === 'Mediashelf-Item' ? encodePublicId('MediaItem', id) : null);

it('is known for a day when it is done, with its item, over a restart', async () => {
  const service = await startTestService();
  const film = await makeVideo();
  const begun = await ask(addressOf(service), 'POST', {
    'upload-length': String(film.length),
    'upload-metadata': `filename ${Buffer.from('film.mp4').toString('base64')},allowDuplicate dHJ1ZQ==`,
  });
  const url = new URL(begun.headers.get('location') ?? '', service.url).href;
  const patch = (offset: number, bytes: Buffer) =>
    ask(url, 'PATCH', { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, bytes);
  const last = await patch(0, film);
  const item = last.headers.get('mediashelf-item');
  expect(item).not.toBeNull();
  expect(told(last)).toEqual([204, String(film.length), item]);
  for (const restart of [async () => undefined, () => service.app.resume()]) {
    await restart();
    const found = await ask(url, 'HEAD');
    expect(told(found)).toEqual([200, String(film.length), item]);
    expect(found.headers.get('upload-length')).toBe(String(film.length));
    expect(found.headers.get('upload-metadata')).toContain('filename ');
    // Clients may send the nothing that is left, or begin in the middle again.
    expect(told(await patch(film.length, Buffer.alloc(0)))).toEqual([204, String(film.length), item]);
    expect((await patch(0, film)).status).toBe(409);
  }
  expect(await service.app.database.prisma.mediaItem.count()).toBe(1);
  expect(await readdir(join(service.incomingDir, 'resumable'))).toEqual([]);
  const notes = join(service.folder, 'data/finished_uploads');
  const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
  for (const name of await readdir(notes)) await utimes(join(notes, name), yesterday, yesterday);
  await service.app.resume();
  expect([(await ask(url, 'HEAD')).status, await readdir(notes)]).toEqual([404, []]);
});

it('is forgotten when its client ends it, and its item stays', async () => {
  const service = await startTestService();
  const film = await makeVideo();
  const begun = await ask(
    addressOf(service),
    'POST',
    {
      'upload-length': String(film.length),
      'upload-metadata': `filename ${Buffer.from('film.mp4').toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    },
    film,
  );
  const { id, isStored } = (await begun.json()) as TusAnswer['body'];
  expect([begun.status, id, isStored]).toEqual([201, begun.headers.get('mediashelf-item'), true]);
  const url = new URL(begun.headers.get('location') ?? '', service.url).href;
  expect((await ask(url, 'DELETE')).status).toBe(204);
  expect((await ask(url, 'HEAD')).status).toBe(404);
  expect(await service.app.database.prisma.mediaItem.count()).toBe(1);
});

it('is taken in once, whoever asks meanwhile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mediashelf-tus-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const gate = new EventEmitter();
  const adopt = vi.fn<ResumableUploadsOptions['ingest']['adopt']>(async () => {
    await once(gate, 'open');
    return { item: { id: 7 } as MediaRecord, isStored: true, duplicateOf: null };
  });
  const uploads = createResumableUploads({
    ingest: { check: () => undefined, adopt },
    folder: join(folder, 'parts'),
    finishedFolder: join(folder, 'finished'),
    path: '/uploads',
    maxBytes: 1_000,
    log: pino({ level: 'silent' }),
  });
  const server = createServer((request, response) => {
    void uploads.handle(request, response, { uploadedBy: null, urlPrefix: '' });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const begun = await ask(`${host}/uploads`, 'POST', { 'upload-length': '3' });
  const url = `${host}${begun.headers.get('location')}`;
  const headers = { 'content-type': 'application/offset+octet-stream' };
  const last = ask(url, 'PATCH', { ...headers, 'upload-offset': '0' }, Buffer.from('abc'));
  await vi.waitUntil(() => adopt.mock.calls.length > 0, { timeout: 60_000 });
  const arrived = once(server, 'request');
  const others = [ask(url, 'HEAD'), ask(url, 'PATCH', { ...headers, 'upload-offset': '3' }, Buffer.alloc(0))];
  await arrived;
  await setImmediate();
  gate.emit('open');
  const answers = await Promise.all([last, ...others]);
  const item = encodePublicId('MediaItem', 7);
  expect(answers.map((answer) => [answer.status, answer.headers.get('mediashelf-item')])).toEqual([
    [204, item],
    [200, item],
    [204, item],
  ]);
  expect(adopt).toHaveBeenCalledOnce();
});

const told = ({ status, headers }: Response) => [status, headers.get('upload-offset'), headers.get('mediashelf-item')];
