import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { createCopypartySources } from '../../../../src/library/copyparty/copyparty-source.ts';
import { describeOnEachCopyparty } from '../../../support/copyparties.ts';
import { startMediaServer, type MediaServer } from '../../../support/media-server.ts';
import { openCopyparty } from '../../../support/open-copyparty.ts';

const modifiedAt = new Date('2024-05-06T07:08:09Z');
const content = Buffer.from('0123456789');

const ranges = [
  undefined,
  'bytes=0-3',
  'bytes=0-0',
  'bytes=9-9',
  'bytes=5-',
  'bytes=0-',
  'bytes=-3',
  'bytes=-99',
  'bytes=-0',
  'bytes=3-99',
  'bytes=10-',
  'bytes=99-100',
  'bytes=7-2',
  'bytes=0-1,4-5',
  'bytes=-1,0-1',
  'bytes=0-1, 99-',
  'bytes=99-,98-',
  'lines=0-1',
  'BYTES=0-1',
  'bytes=',
  'bytes=-',
  'bytes=a-b',
  'bytes=0x1-2',
  'bytes 0-3',
  'bytes=0-99999999999999999999999',
  'bytes=99999999999999999999999-',
  'bytes=-99999999999999999999999',
];
const etag = '{etag}';
const before = 'Mon, 06 May 2024 07:08:08 GMT';
const exactly = 'Mon, 06 May 2024 07:08:09 GMT';
const after = 'Mon, 06 May 2024 07:08:10 GMT';
const conditions: Record<string, string | string[]>[] = [
  { 'if-none-match': etag },
  { 'if-none-match': `W/${etag}` },
  { 'if-none-match': '*' },
  { 'if-none-match': `"other", ${etag}` },
  { 'if-none-match': ['"other"', etag] },
  { 'if-none-match': '"other"' },
  { 'if-none-match': '"other"', 'if-modified-since': after },
  { 'if-match': etag },
  { 'if-match': `W/${etag}` },
  { 'if-match': '*' },
  { 'if-match': '"other"' },
  { 'if-match': etag, 'if-none-match': etag },
  { 'if-match': '"other"', 'if-none-match': etag },
  { 'if-match': etag, 'if-unmodified-since': before },
  { 'if-modified-since': before },
  { 'if-modified-since': exactly },
  { 'if-modified-since': after },
  { 'if-modified-since': 'yesterday' },
  { 'if-unmodified-since': before },
  { 'if-unmodified-since': exactly },
  { 'if-range': etag },
  { 'if-range': `W/${etag}` },
  { 'if-range': '"other"' },
  { 'if-range': exactly },
  { 'if-range': before },
];

describeOnEachCopyparty('the byte routes', (start) => {
  it('answer every range and condition as from the disk, to the header', async () => {
    const { disk, far } = await startBoth();
    const cases = [
      ...ranges.map((range) => (range === undefined ? {} : { range })),
      ...conditions,
      ...conditions.flatMap((condition) => [
        { ...condition, range: 'bytes=2-4' },
        { ...condition, range: 'bytes=-3' },
      ]),
    ];
    for (const name of ['film.mp4', 'empty.mp4']) {
      const tags = { disk: await etagOf(disk, name), far: await etagOf(far, name) };
      for (const headers of cases) {
        for (const method of ['GET', 'HEAD']) {
          const expected = await ask(disk, name, method, withEtag(headers, tags.disk));
          const answer = await ask(far, name, method, withEtag(headers, tags.far));
          expect(answer, `${method} ${name} ${JSON.stringify(headers)}`).toEqual(expected);
        }
      }
    }
  });

  it('say of every file what a browser may do with it', async () => {
    const { disk, far } = await startBoth();
    for (const name of ['page.html', 'drawing.svg', 'feed.xml', 'Ünï “cödé” 50%;.mp4']) {
      for (const action of ['stream', 'download']) {
        expect(await ask(far, name, 'GET', {}, action)).toEqual(await ask(disk, name, 'GET', {}, action));
      }
    }
  });

  /** The same files on the disk and at copyparty, each behind byte routes of its own. */
  async function startBoth(): Promise<{ disk: MediaServer; far: MediaServer }> {
    const copyparty = await start();
    const disk = await startMediaServer();
    const { open } = createCopypartySources(openCopyparty(copyparty.url, copyparty));
    const far = await startMediaServer({ openSource: open });
    onTestFinished(async () => {
      await Promise.all([disk.close(), far.close()]);
    });
    for (const [name, mimeType] of files) {
      const bytes = name === 'empty.mp4' ? Buffer.alloc(0) : content;
      await copyparty.addFile(name, bytes, modifiedAt);
      const path = join(disk.root, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
      await utimes(path, modifiedAt, modifiedAt);
      for (const server of [disk, far]) server.addItem(name, { copypartyPath: copyparty.path, mimeType });
    }
    return { disk, far };
  }
});

const files: [string, string][] = [
  ['film.mp4', 'video/mp4'],
  ['empty.mp4', 'video/mp4'],
  ['page.html', 'text/html'],
  ['drawing.svg', 'image/svg+xml'],
  ['feed.xml', 'application/xml'],
  ['Ünï “cödé” 50%;.mp4', 'video/mp4'],
];

async function etagOf(server: MediaServer, name: string): Promise<string> {
  const { headers } = await ask(server, name, 'HEAD', {}, 'stream', false);
  if (headers.etag === undefined) throw new Error('no tag');
  return headers.etag;
}

function withEtag(headers: Record<string, string | string[]>, tag: string): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => one.replace(etag, tag)) : value.replace(etag, tag),
    ]),
  );
}

/** All of an answer, but for its date and, as no two sources have the same, the tag itself. */
async function ask(
  server: MediaServer,
  name: string,
  method: string,
  headers: Record<string, string | string[]>,
  action = 'stream',
  hidesTag = true,
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: string }> {
  const path = `/media/${encodeURIComponent(name)}/${action}`;
  const sent = sendRequest({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = (await buffer(response)).toString();
  const received = { ...response.headers };
  delete received.date;
  if (hidesTag && received.etag !== undefined) received.etag = etag;
  return { status: response.statusCode, headers: received, body };
}
