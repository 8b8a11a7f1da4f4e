import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { upload } from '../support/upload.ts';
import type { CrashService } from './crash-service.ts';
import type { Client, Scenario } from './scenario.ts';

interface Sent {
  name: string;
  title: string;
  bytes: Buffer;
  category: string;
}

/** The same files at each call: two of them of one name. */
async function filesToSend(): Promise<Sent[]> {
  const film = await readFile(new URL('../fixtures/probe/upright.mp4', import.meta.url));
  const filmOf = (tail: string) => Buffer.concat([film, Buffer.alloc(300_000, tail)]);
  const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#248' } })
    .png()
    .toBuffer();
  return [
    { name: 'trip.mp4', title: 'The first trip', bytes: filmOf('1'), category: 'movies' },
    { name: 'trip.mp4', title: 'The second trip', bytes: filmOf('2'), category: 'movies' },
    { name: 'blue.png', title: 'Blue', bytes: picture, category: 'photos' },
  ];
}

function acknowledge({ acknowledged }: Client, { bytes, title }: Sent, publicId: string): void {
  const id = Number(Buffer.from(publicId, 'base64url').toString().replace(/^.*?:/, ''));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  acknowledged.push({ kind: 'stored', id, sha256, sizeBytes: bytes.length, title });
}

/** So that an upload finds its name taken. */
async function writeTaken(folder: string): Promise<void> {
  await mkdir(join(folder, 'library/movies'), { recursive: true });
  await mkdir(join(folder, 'library/photos'), { recursive: true });
  await writeFile(join(folder, 'library/photos/blue.png'), 'not yet catalogued');
}

export const uploads: Scenario = {
  name: 'upload',
  write: writeTaken,
  async act(service, _folder, client) {
    for (const file of await filesToSend()) {
      const { bytes, name, title, category } = file;
      const { result, body } = await upload(await service.url, bytes, name, { title, category });
      if (result?.__typename !== 'MediaItem') throw new Error(JSON.stringify(body));
      acknowledge(client, file, result.id as string);
    }
  },
};

export const copiedUploads: Scenario = {
  ...uploads,
  name: 'upload-copied',
  environment: { CRASH_OTHER_FILESYSTEM: '1' },
};

export const resumableUploads: Scenario = {
  name: 'tus',
  write: writeTaken,
  async act(service, _folder, client) {
    for (const file of await filesToSend()) {
      const id = await sendResumably(service, file, client);
      acknowledge(client, file, id);
    }
  },
};

/** As a client does: it goes on where the service says, and begins anew where the upload is not known any more. */
async function sendResumably(service: CrashService, file: Sent, { begun }: Client): Promise<string> {
  const known = begun.get(file.title);
  const offset = known === undefined ? null : await readOffset(service, known);
  const url = offset === null ? await begin(service, file) : (known as string);
  begun.set(file.title, url);
  let at = offset ?? 0;
  // A client that finds all bytes there has missed the last answer: it sends nothing more, and is told the item.
  for (;;) {
    const piece = file.bytes.subarray(at, at + Math.ceil(file.bytes.length / 2));
    const response = await service.fetch(url, {
      method: 'PATCH',
      headers: { ...tusHeaders, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) },
      body: new Uint8Array(piece),
    });
    at += piece.length;
    if (response.status !== 204) throw new Error(`a piece is answered with ${response.status}`);
    const item = response.headers.get('mediashelf-item');
    if (item !== null) return item;
  }
}

const tusHeaders = { 'tus-resumable': '1.0.0' };

async function readOffset(service: CrashService, url: string): Promise<number | null> {
  const response = await service.fetch(url, { method: 'HEAD', headers: tusHeaders });
  return response.status === 200 ? Number(response.headers.get('upload-offset')) : null;
}

async function begin(service: CrashService, { name, title, category, bytes }: Sent): Promise<string> {
  const metadata = Object.entries({ filename: name, title, category });
  const response = await service.fetch('/uploads', {
    method: 'POST',
    headers: {
      ...tusHeaders,
      'upload-length': String(bytes.length),
      'upload-metadata': metadata.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(','),
    },
  });
  const location = response.headers.get('location');
  if (response.status !== 201 || location === null) throw new Error(`an upload is refused with ${response.status}`);
  return location;
}
