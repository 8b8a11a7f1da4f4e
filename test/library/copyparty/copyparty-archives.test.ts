import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCopypartyArchives } from '../../../src/library/copyparty/copyparty-archives.ts';
import type { ArchiveUpstream } from '../../../src/library/delivery/archives/archive-upstream.ts';
import { openCopyparty } from '../../support/open-copyparty.ts';

const { signal } = new AbortController();

describe('a listing from copyparty', () => {
  it('gives the names and sizes of files, and the names of folders', async () => {
    const asked: (string | undefined)[] = [];
    const archives = await startUpstream((request, response) => {
      asked.push(request.url);
      const files = [
        { href: 'A%20b%2Bc%25%23.jpg', sz: 12, ext: 'jpg', ts: 1_700_000_000, tags: {} },
        { href: '%E6%97%A5%3f.png?k=abc', sz: 0 },
        { href: 'latin-%E9.jpg', sz: 1 },
      ];
      answerJson(response, { dirs: [{ href: 'Night%20sky/', sz: 4096 }], files, acct: 'svc', perms: ['read'] });
    });
    expect(await archives.list('/photos/50% off?/ä', signal)).toEqual({
      files: [
        { name: 'A b+c%#.jpg', sizeBytes: 12 },
        { name: '日?.png', sizeBytes: 0 },
        { name: 'latin-%E9.jpg', sizeBytes: 1 },
      ],
      folders: ['Night sky'],
      account: 'svc',
    });
    await archives.list('/', signal);
    expect(asked).toEqual(['/photos/50%25%20off%3F/%C3%A4/?ls', '/?ls']);
  });

  it.each<[string, string, RequestListener]>([
    [
      'a page',
      'UPSTREAM_REFUSED',
      (_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end('<html>'),
    ],
    [
      '404',
      'FILE_NOT_FOUND_ON_DISK',
      (_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('404 not found'),
    ],
    [
      'JSON of another shape',
      'UPSTREAM_BROKEN',
      (_, response) => answerJson(response, { files: [{ name: 'x' }], dirs: [] }),
    ],
    [
      'a list without end',
      'UPSTREAM_BROKEN',
      (_, response) => answerJson(response, { files: [], dirs: [{ href: 'x'.repeat(5_000_000) }] }),
    ],
  ])('is refused where the answer is %s', async (_, code, answer) => {
    const archives = await startUpstream(answer);
    await expect(archives.list('/photos', signal)).rejects.toMatchObject({ code });
  });
});

describe('a zip from copyparty', () => {
  it('is asked for by a folder, or by the names of files in it, quoted, a line each', async () => {
    const asked: { method: string | undefined; url: string | undefined; fields: string[] }[] = [];
    const archives = await startUpstream(
      (request, response) =>
        void readFields(request).then((fields) => {
          asked.push({ method: request.method, url: request.url, fields });
          response.setHeader('content-type', 'application/zip').end('PK');
        }),
    );
    for (const names of [null, ['a b.jpg', '50%+ä.jpg']]) {
      expect(await text(await archives.openZip('/photos/Night sky', names, signal))).toBe('PK');
    }
    const url = '/photos/Night%20sky/?zip=utf-8';
    expect(asked).toEqual([
      { method: 'GET', url, fields: [] },
      { method: 'POST', url, fields: ['act=zip', 'files=a%20b.jpg\n50%25%2B%C3%A4.jpg'] },
    ]);
  });

  it('is refused where the answer is none', async () => {
    const archives = await startUpstream((_, response) =>
      response.writeHead(400, { 'content-type': 'text/html' }).end('not enabled in server config'),
    );
    await expect(archives.openZip('/photos', null, signal)).rejects.toMatchObject({
      code: 'UPSTREAM_ARCHIVE_BROKEN',
      message: expect.stringContaining('it answered 400 with text/html instead of application/zip') as string,
    });
  });
});

async function startUpstream(answer: RequestListener): Promise<ArchiveUpstream> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return createCopypartyArchives(openCopyparty(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

function answerJson(response: Parameters<RequestListener>[1], body: unknown): void {
  response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(body));
}

/** Of a form, in their order. */
async function readFields(request: IncomingMessage): Promise<string[]> {
  const body = await buffer(request);
  if (body.length === 0) return [];
  const contentType = request.headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  return Array.from(form, ([name, value]) => {
    if (typeof value !== 'string') throw new Error(`the field ${name} is a file`);
    return `${name}=${value.replaceAll('\r\n', '\n')}`;
  });
}
