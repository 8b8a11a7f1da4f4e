import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startExchange, type Exchange, type Outcome } from '../support/http-exchange.ts';
import { startCommand, type RunningCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { filePart, makeVideo, map, multipartBody, operations } from '../support/upload.ts';

/** More than what fits into the buffers of a connection: a stream that nobody reads is under way. */
const streamedBytes = 20 * 1024 * 1024;
const uploadedBytes = 2 * 1024 * 1024;

const isGoingOn = (_: unknown, index: number) => index % 2 === 0;
const hasStopped = (_: unknown, index: number) => index % 2 === 1;
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Upload extends Exchange {
  name: string;
  bytes: Buffer;
  /** Of the request, of which half is sent. */
  rest: Buffer;
  /** Of a resumable one. */
  location?: string;
}

it('50 streams and 20 uploads end whole or visibly broken when it is told to stop', async () => {
  const { folder, film } = await writeLibrary();
  const service = await startService(folder);
  const streamUrl = await findStream(service.url);
  const streams = Array.from({ length: 50 }, () => startExchange(streamUrl));
  for (const { request } of streams) request.end();
  for (const { head } of streams) expect((await head).statusCode).toBe(200);
  const uploads = [
    ...(await Promise.all(Array.from({ length: 12 }, (_, index) => beginForm(service.url, `form-${index}.mp4`)))),
    ...(await Promise.all(Array.from({ length: 8 }, (_, index) => beginResumable(service.url, `tus-${index}.mp4`)))),
  ];
  await expect.poll(() => countUploads(service.url)).toBe(20);

  service.command.process.kill('SIGTERM');
  await service.command.printed(/"msg":"Stopping/);
  // Every second client goes on; the others neither read nor send any more.
  const [ended, uploaded] = await Promise.all([
    Promise.all(streams.filter(isGoingOn).map((stream) => stream.read())),
    Promise.all(uploads.filter(isGoingOn).map(sendRest)),
  ]);
  expect(await service.command.ended).toBe(0);
  const cutOff = await Promise.all(streams.filter(hasStopped).map((stream) => stream.read()));
  const refused = await Promise.all(uploads.filter(hasStopped).map((one) => one.read()));

  const whole = { status: 200, promisedBytes: film.length, receivedBytes: film.length, sha256: sha256Of(film) };
  expect(ended).toEqual(ended.map(() => expect.objectContaining({ ...whole, error: null })));
  expect(uploaded.filter(({ outcome }) => !isAcknowledged(outcome))).toEqual([]);
  for (const { promisedBytes, receivedBytes, error } of cutOff) {
    expect(promisedBytes).toBe(film.length);
    expect(receivedBytes).toBeLessThan(film.length);
    expect(error).not.toBeNull();
  }
  expect(refused.filter(isAcknowledged)).toEqual([]);
  expect(service.command.output().stdout).toContain('"msg":"Stopped"');
  expect(service.command.output().stderr).toBe('');

  const files = new Map([['long.mp4', sha256Of(film)]]);
  for (const { name, bytes } of uploaded) files.set(name, sha256Of(bytes));
  const resumable = uploads.filter(hasStopped).filter(({ location }) => location !== undefined);
  const next = await startService(folder);
  expect(await readFiles(join(folder, 'movies'))).toEqual(files);
  const parts = resumable.flatMap(({ location = '' }) => {
    const id = location.slice(location.lastIndexOf('/') + 1);
    return [`resumable/${id}`, `resumable/${id}.json`];
  });
  expect(await listFiles(join(folder, 'data/incoming'))).toEqual(parts.sort());
  const [scanned = ''] = await next.command.printed(/^.*The scan at the start has ended.*$/m);
  expect(JSON.parse(scanned)).toMatchObject({
    status: 'SUCCEEDED',
    summary: { categories: [{ added: 0, updated: 0, missing: 0, unchanged: files.size }] },
  });

  for (const upload of resumable) {
    expect(await resume(next.url, upload)).toBe(204);
    files.set(upload.name, sha256Of(upload.bytes));
  }
  expect(await readFiles(join(folder, 'movies'))).toEqual(files);
  expect(await listFiles(join(folder, 'data/incoming'))).toEqual([]);
});

async function writeLibrary(): Promise<{ folder: string; film: Buffer }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'movies'));
  await mkdir(join(folder, 'config'));
  const film = Buffer.concat([await makeVideo(), randomBytes(streamedBytes)]);
  await writeFile(join(folder, 'movies/long.mp4'), film);
  await writeFile(
    join(folder, 'config/watch_media_dirs.yml'),
    'version: 2\ncategories:\n  - {key: movies, label: Movies, default: true, root_path: movies, root_marker: false}\n',
  );
  return { folder, film };
}

async function startService(folder: string): Promise<{ command: RunningCommand; url: string }> {
  const command = startCommand(['serve'], { cwd: folder, env: { PORT: '0', PRESSURE: 'off' } });
  const [, url = ''] = await command.printed(/"url":"([^"]+)"[^\n]*is ready/);
  return { command, url };
}

/** Once the scan at the start has found it. */
async function findStream(url: string): Promise<URL> {
  for (;;) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ media(first: 1) { edges { node { streamUrl } } } }' }),
    });
    const { data } = (await response.json()) as { data: { media: { edges: { node: { streamUrl: string } }[] } } };
    const [edge] = data.media.edges;
    if (edge !== undefined) return new URL(edge.node.streamUrl, url);
    await sleep(50);
  }
}

async function countUploads(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return Number(/^mediashelf_under_way\{what="uploads"\} (\d+)$/m.exec(text)?.[1]);
}

async function beginForm(url: string, name: string): Promise<Upload> {
  const bytes = await makeVideo(uploadedBytes);
  const body = multipartBody([operations(), map, filePart('file', name, bytes)]);
  const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': body.length };
  return { name, bytes, ...sendHalf(startExchange(url, { method: 'POST', headers }), body) };
}

const tusHeaders = { 'tus-resumable': '1.0.0' };

async function beginResumable(url: string, name: string): Promise<Upload> {
  const bytes = await makeVideo(uploadedBytes);
  const metadata = `filename ${Buffer.from(name).toString('base64')}`;
  const created = await fetch(new URL('/uploads', url), {
    method: 'POST',
    headers: { ...tusHeaders, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  });
  expect(created.status).toBe(201);
  const location = created.headers.get('location') ?? '';
  return { name, bytes, location, ...sendHalf(patch(new URL(location, url), bytes, 0), bytes) };
}

function patch(url: URL, bytes: Buffer, offset: number): Exchange {
  const headers = {
    ...tusHeaders,
    'content-type': 'application/offset+octet-stream',
    'content-length': bytes.length - offset,
    'upload-offset': offset,
  };
  return startExchange(url, { method: 'PATCH', headers });
}

function sendHalf(exchange: Exchange, body: Buffer): Exchange & { rest: Buffer } {
  const half = Math.floor(body.length / 2);
  exchange.request.write(body.subarray(0, half));
  return { ...exchange, rest: body.subarray(half) };
}

/** In pieces, as a line of some speed has it. */
async function sendRest(upload: Upload): Promise<Upload & { outcome: Outcome }> {
  const step = Math.ceil(upload.rest.length / 10);
  for (let start = 0; start < upload.rest.length; start += step) {
    upload.request.write(upload.rest.subarray(start, start + step));
    await sleep(50);
  }
  upload.request.end();
  return { ...upload, outcome: await upload.read() };
}

/** Whether a client would take it for a promise that the file is kept. */
function isAcknowledged({ status, text, error }: Outcome): boolean {
  // The last answer to a resumable upload has no body.
  return error === null && (status === 204 || (status === 200 && /"id":/.test(text) && !text.includes('"code"')));
}

/** Sends what the service does not have yet; gives the status of the answer. */
async function resume(url: string, { location = '', bytes }: Upload): Promise<number | null> {
  const at = new URL(location, url);
  const known = await fetch(at, { method: 'HEAD', headers: tusHeaders });
  const offset = Number(known.headers.get('upload-offset'));
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThan(bytes.length);
  const exchange = patch(at, bytes, offset);
  exchange.request.end(bytes.subarray(offset));
  return (await exchange.read()).status;
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** The hash of each file, by its name. */
async function readFiles(folder: string): Promise<Map<string, string>> {
  const names = await listFiles(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, sha256Of(await readFile(join(folder, name)))] as const)),
  );
}
