import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { ZipFile } from 'yazl';

interface FakeFile {
  content: Buffer;
  modifiedAt: Date;
}

/** How it answers from now on, where it does not do so as copyparty would. */
type Fault =
  | { kind: 'never-answers' }
  | { kind: 'closes-connections'; times: number }
  /** After so many bytes of the body nothing more comes. */
  | { kind: 'stalls' | 'cuts'; afterBytes: number }
  | { kind: 'answers'; status: number; headers?: OutgoingHttpHeaders; body?: string };

interface FakeRequest {
  method: string;
  /** As it came, with its query. */
  url: string;
  headers: IncomingMessage['headers'];
}

export interface FakeCopyparty {
  url: string;
  port: number;
  /** By their paths, such as `/movies/a.mp4`; their first segments are the volumes. */
  files: Map<string, FakeFile>;
  addFile(path: string, content?: Buffer | string, modifiedAt?: Date): void;
  requests: FakeRequest[];
  /** How many answers were given up by whoever had asked. */
  cancelled: number;
  /** How many have been made so far. */
  connections: number;
  /** Answers under way. */
  active: number;
  fault: Fault | null;
  /** Called with each file that was sent, before the answer. */
  onStored?: (path: string, content: Buffer) => Promise<void>;
  /** Takes no connections, and ends those that are open. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export const fakePassword = 'secret';

/** As of a picture of 16 by 9, whichever was asked for. */
const thumbnail = await sharp({ create: { width: 960, height: 540, channels: 3, background: 'teal' } })
  .webp()
  .toBuffer();
const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/**
 * A stand-in for copyparty 1.15.9 on a real socket, with files in memory; it ends with the test. What it does as copyparty
 * does is held against the real one by contract.test.ts, faults in its ranges, HEADs and SVG icons included.
 */
export async function startFakeCopyparty(): Promise<FakeCopyparty> {
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    fake.requests.push({ method, url, headers });
    fake.active += 1;
    let isFinished = false;
    response.once('finish', () => (isFinished = true));
    response.once('close', () => {
      fake.active -= 1;
      if (!isFinished) fake.cancelled += 1;
    });
    if (!answerWithFault(fake.fault, response)) void answer(fake, request, response);
  });
  const fake: FakeCopyparty = {
    url: '',
    port: 0,
    files: new Map(),
    addFile(path, content = path, modifiedAt = new Date('2024-05-06T07:08:09Z')) {
      fake.files.set(path, { content: Buffer.from(content), modifiedAt });
    },
    requests: [],
    connections: 0,
    cancelled: 0,
    active: 0,
    fault: null,
    async stop() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
    async start() {
      await once(server.listen(fake.port, '127.0.0.1'), 'listening');
      fake.port = (server.address() as AddressInfo).port;
      fake.url = `http://127.0.0.1:${fake.port}`;
    },
  };
  server.on('connection', () => (fake.connections += 1));
  await fake.start();
  onTestFinished(() => fake.stop());
  return fake;
}

/** Whether the answer was given. What stalls or cuts does so later, in the body. */
function answerWithFault(fault: Fault | null, response: ServerResponse): boolean {
  if (fault?.kind === 'never-answers') return true;
  if (fault?.kind === 'answers') response.writeHead(fault.status, fault.headers).end(fault.body);
  if (fault?.kind !== 'closes-connections' || fault.times-- <= 0) return fault?.kind === 'answers';
  response.destroy();
  return true;
}

async function answer(fake: FakeCopyparty, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '', 'http://fake');
  const path = decodeURIComponent(pathname);
  const isKnown = request.headers.pw === fakePassword;
  if (isKnown) response.setHeader('set-cookie', `cppwd=${fakePassword}; Path=/`);
  response.setHeader('vary', 'Origin, PW, Cookie');
  const isVolume = [...fake.files.keys()].some((name) => name.split('/')[1] === path.split('/')[1]);
  if (path === '/') return sendPage(request, response, 200);
  if (isKnown && request.method === 'PUT') return storeFile(fake, path, request, response);
  if (!isKnown || !isVolume) return sendPage(request, response, 403);
  if (request.method === 'DELETE') {
    const isThere = fake.files.delete(path);
    response.writeHead(isThere ? 200 : 400, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`deleted ${Number(isThere)} files (and 0/0 folders)`);
    return undefined;
  }
  if (search === '?scan') return sendPage(request, response, 200);
  const names = (await readForm(request))?.get('files');
  if (search.startsWith('?zip')) return sendZip(fake, path, typeof names === 'string' ? names : null, response);
  const file = fake.files.get(path);
  if (search.startsWith('?th=')) return sendThumbnail(path, request, response);
  if (file) return sendFile(fake, file, request, response);
  const below = [...fake.files].filter(([name]) => name.startsWith(path.endsWith('/') ? path : `${path}/`));
  if (below.length === 0) return sendPage(request, response, 404);
  if (search === '?ls') return sendListing(path, below, response);
  return sendPage(request, response, 200);
}

/** Never over another file: the second one of a name gets a longer one. */
async function storeFile(
  fake: FakeCopyparty,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const content = await buffer(request);
  const name = fake.files.has(path) ? `${path}-1795252066.414665-JUCJw6jz.mp4` : path;
  fake.addFile(name, content, new Date());
  await fake.onStored?.(name, content);
  const location = fake.url + name.split('/').map(encodeURIComponent).join('/');
  response.writeHead(201, { location, 'content-type': 'text/html; charset=utf-8' });
  response.end(`${content.length}\r\nJp21ykBGn7FpnJxu6I\r\n269db5ca\r\n${location}\r\n`);
}

function sendPage(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : '<!DOCTYPE html><html></html>');
}

/** A suffix range gets the head of the file, several ranges the whole file, and a range of an empty file is not seen. */
function sendFile(
  { fault }: FakeCopyparty,
  { content, modifiedAt }: FakeFile,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.setHeader('last-modified', modifiedAt.toUTCString());
  const { range } = request.headers;
  let [start, end] = [0, content.length];
  if (range !== undefined && !range.includes(',') && content.length > 0) {
    const [first = '', last = ''] = (range.split('=')[1] ?? '').split('-');
    start = Number(first);
    end = last === '' ? content.length : Math.min(Number(last) + 1, content.length);
    if (!/^bytes=\d*-\d*$/.test(range) || start >= end) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}`, 'content-type': 'text/plain' });
      response.end(`invalid range (${range}), size=${content.length}`);
      return;
    }
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${start}-${end - 1}/${content.length}`);
  }
  response.setHeader('content-length', end - start);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-type', 'video/mp4');
  if (request.method === 'HEAD') response.end();
  else if (start === end) response.end();
  else sendBody(response, content.subarray(start, end), fault);
}

function sendBody(response: ServerResponse, body: Buffer, fault: Fault | null): void {
  const isFaulty = fault?.kind === 'stalls' || fault?.kind === 'cuts';
  response.write(isFaulty ? body.subarray(0, fault.afterBytes) : body, (error) => {
    // Node may tell of no error where the connection ended meanwhile, and would take the answer for finished.
    if (!isFaulty && !error && response.socket?.destroyed === false) response.end();
    if (fault?.kind === 'cuts') response.destroy();
  });
}

function sendThumbnail(path: string, request: IncomingMessage, response: ServerResponse): void {
  const isPicture = /\.(?:jpg|png|mp4)$/.test(path);
  response.setHeader('content-type', isPicture ? 'image/webp' : 'image/svg+xml');
  response.end(request.method === 'HEAD' ? undefined : isPicture ? thumbnail : icon);
}

function sendListing(path: string, below: [string, FakeFile][], response: ServerResponse): void {
  const files: object[] = [];
  const folders = new Set<string>();
  for (const [name, { content }] of below) {
    const [first = '', ...others] = name.slice(path.length).split('/');
    if (others.length > 0) folders.add(first);
    else files.push({ href: encodeURIComponent(first), sz: content.length, ext: 'x', ts: 0 });
  }
  const dirs = Array.from(folders, (folder) => ({ href: `${encodeURIComponent(folder)}/`, sz: 0 }));
  const body = JSON.stringify({ dirs, files, acct: 'svc', perms: ['read'] });
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

/** Without a length, on a connection that ends with it. Names that are not there are left out. */
function sendZip({ files }: FakeCopyparty, path: string, selected: string | null, response: ServerResponse): void {
  const zip = new ZipFile();
  const folder = path.split('/').at(-2) ?? '';
  const names = selected?.split(/\r?\n/).map((name) => path + decodeURIComponent(name));
  for (const [name, { content, modifiedAt }] of files) {
    const isWanted = names ? names.includes(name) : name.startsWith(path);
    const entry = names ? name.slice(path.length) : `${folder}/${name.slice(path.length)}`;
    if (isWanted) zip.addBuffer(content, entry, { mtime: modifiedAt, compress: false });
  }
  zip.end();
  response.writeHead(200, { 'content-type': 'application/zip', connection: 'close' });
  zip.outputStream.pipe(response);
}

async function readForm(request: IncomingMessage): Promise<FormData | null> {
  if (request.method !== 'POST') return null;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  return new Response(new Uint8Array(await buffer(request)), { headers }).formData();
}
