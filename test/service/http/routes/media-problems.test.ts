import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileNotFoundOnDiskError, FileUnreadableError } from '../../../../src/base/files/file-errors.ts';
import { startMediaServer, type MediaServer } from '../../../support/media-server.ts';

describe('the media routes, as a problem document that nobody caches,', () => {
  let server: MediaServer;

  beforeAll(async () => {
    server = await startMediaServer();
    await writeFile(join(server.root, 'film.mp4'), 'x');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.items.clear();
    server.logged.length = 0;
    server.addItem('film.mp4');
  });

  const get = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { method, headers });

  it('tell of an unknown item', async () => {
    expect(await readProblem(await get('/media/unknown/stream'))).toEqual(problem(404, 'MEDIA_NOT_FOUND'));
  });

  it('tell of a deleted item, although its file is still there', async () => {
    server.addItem('film.mp4', { status: 'DELETED' });
    expect(await readProblem(await get('/media/film.mp4/download'))).toEqual(problem(404, 'MEDIA_NOT_FOUND'));
  });

  it('tell of a file that left the disk, and what to do', async () => {
    await writeFile(join(server.root, 'gone'), 'x');
    server.addItem('gone');
    expect((await get('/media/gone/stream')).status).toBe(200);
    await rm(join(server.root, 'gone'));
    expect(await readProblem(await get('/media/gone/stream'))).toEqual({
      ...problem(404, 'FILE_NOT_FOUND_ON_DISK'),
      title: 'Not Found',
      detail: 'The file is not on the disk any more: it was moved or deleted. A scan brings the catalogue up to date.',
    });
  });

  it('tell of a folder in the place of the file', async () => {
    await mkdir(join(server.root, 'folder'));
    server.addItem('folder');
    expect(await readProblem(await get('/media/folder/stream'))).toEqual(problem(404, 'NOT_A_REGULAR_FILE'));
  });

  it('refuse a path that leads out, without naming it, and log it', async () => {
    await symlink('/etc/passwd', join(server.root, 'link'));
    server.addItem('link');
    server.addItem('dots', { relativePath: '../../etc/passwd' });
    for (const id of ['link', 'dots']) {
      const response = await get(`/media/${id}/stream`);
      expect(await response.clone().text()).not.toMatch(/passwd|media-server/);
      expect(await readProblem(response)).toEqual(problem(403, 'PATH_OUTSIDE_ROOT'));
    }
    expect(server.logged).toMatchObject([
      { level: 40, err: { relativePath: 'link' } },
      { level: 40, err: { relativePath: '../../etc/passwd' } },
    ]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'refuse %s and name the methods that there are',
    async (method) => {
      const response = await get('/media/film.mp4/stream', method, { 'content-type': 'x/unknown' });
      expect(response.headers.get('allow')).toBe('GET, HEAD');
      expect(await readProblem(response)).toEqual(problem(405, 'METHOD_NOT_ALLOWED'));
    },
  );

  it('answer HEAD without the document', async () => {
    const response = await get('/media/unknown/stream', 'HEAD');
    expect([response.status, await response.text()]).toEqual([404, '']);
  });
});

describe('the media routes in front of a source that fails', () => {
  it.each([
    [
      'what a domain says',
      new FileUnreadableError('a', 'EACCES'),
      {
        ...problem(500, 'FILE_UNREADABLE'),
        detail: "The file is on the disk and cannot be read (EACCES). Give the service's user the right to read it.",
      },
    ],
    [
      'nothing of what nobody expected',
      new Error('/secret/path'),
      { ...problem(500, 'INTERNAL_ERROR'), detail: 'The service failed; its log says why under the request req-1.' },
    ],
  ])('tell %s, and log the rest', async (_title, error, expected) => {
    const server = await startMediaServer({ openSource: () => Promise.reject(error) });
    server.addItem('a');
    expect(await readProblem(await fetch(`${server.url}/media/a/stream`))).toEqual(expected);
    expect(server.logged).toMatchObject([{ level: 50, err: { message: error.message }, requestId: 'req-1' }]);
    await server.close();
  });

  it('say nothing of the file where it cannot be opened for a range after all', async () => {
    const facts = { sizeBytes: 100, modifiedAt: new Date(0), contentType: 'a/b', etag: '"x"' };
    const server = await startMediaServer({
      openSource: async () => ({ ...facts, open: failToOpen, close: async () => {} }),
    });
    server.addItem('a');
    const response = await fetch(`${server.url}/media/a/stream`, { headers: { range: 'bytes=0-9' } });
    expect(['etag', 'content-range', 'content-disposition'].filter((name) => response.headers.has(name))).toEqual([]);
    expect(await readProblem(response)).toEqual(problem(404, 'FILE_NOT_FOUND_ON_DISK'));
    await server.close();
  });
});

function failToOpen(): Promise<never> {
  return Promise.reject(new FileNotFoundOnDiskError('a'));
}

function problem(status: number, code: string): Record<string, unknown> {
  return { status, code, title: expect.any(String), detail: expect.any(String), isCached: false, isTyped: true };
}

/** The document, with what the headers say of it; its status is the response's too. */
async function readProblem(response: Response): Promise<Record<string, unknown>> {
  const document = (await response.json()) as Record<string, unknown>;
  return {
    ...document,
    status: document['status'] === response.status ? response.status : [document['status'], response.status],
    isCached: response.headers.get('cache-control') !== 'no-store',
    isTyped: /^application\/problem\+json\b/.test(response.headers.get('content-type') ?? ''),
  };
}
