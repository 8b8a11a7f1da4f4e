import { buffer, text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCopypartySource } from '../../../src/library/copyparty/copyparty-source.ts';
import type { OpenOptions } from '../../../src/library/delivery/choose-source.ts';
import { startFakeCopyparty, type FakeCopyparty } from '../../support/fake-copyparty.ts';
import { openCopyparty, type OpenedCopyparty } from '../../support/open-copyparty.ts';

const { signal } = new AbortController();
const modifiedAt = new Date('2024-05-06T07:08:09.750Z');

let fake: FakeCopyparty;
let copyparty: OpenedCopyparty;

beforeEach(async () => {
  fake = await startFakeCopyparty();
  fake.addFile('/movies/a/b ä.mp4', '0123456789', modifiedAt);
  copyparty = openCopyparty(fake.url);
});

const open = (expected: OpenOptions['expected'] = null, relativePath = 'a/b ä.mp4') =>
  openCopypartySource(
    copyparty,
    { copypartyPath: '/movies', relativePath, contentType: 'video/mp4' },
    { signal, expected },
  );

const asked = () => fake.requests.map(({ method, headers }) => [method, headers.range]);

describe('a source over copyparty', () => {
  it('knows the size, the date and a tag of its own from a HEAD', async () => {
    const { sizeBytes, modifiedAt: told, contentType, etag } = await open();
    expect({ sizeBytes, told, contentType }).toEqual({
      sizeBytes: 10,
      told: new Date('2024-05-06T07:08:09Z'),
      contentType: 'video/mp4',
    });
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(asked()).toEqual([['HEAD', undefined]]);
  });

  it('has another tag for another content, date or place, and the same for the same', async () => {
    const tags = [await open().then(({ etag }) => etag)];
    expect((await open({ start: 2, end: 3 })).etag).toBe(tags[0]);
    fake.addFile('/movies/a/b ä.mp4', '012345678', modifiedAt);
    tags.push((await open()).etag);
    fake.addFile('/movies/a/b ä.mp4', '0123456789', new Date('2024-05-06T07:08:10Z'));
    tags.push((await open()).etag);
    fake.addFile('/movies/c.mp4', '0123456789', modifiedAt);
    tags.push((await open(null, 'c.mp4')).etag);
    expect(new Set(tags).size).toBe(4);
  });

  it('has a weak tag while the second of the last change lasts, as the file may change in it again', async () => {
    fake.addFile('/movies/now.mp4', 'x', new Date());
    expect((await open(null, 'now.mp4')).etag).toMatch(/^W\/"/);
    fake.addFile('/movies/later.mp4', 'x', new Date(Date.now() + 86_400_000));
    expect((await open(null, 'later.mp4')).etag).toMatch(/^"/);
  });

  it('asks once for facts and bytes where the expectation holds', async () => {
    for (const [expected, range, content] of [
      [{ start: 0, end: null }, { start: 0, end: 9 }, '0123456789'],
      [{ start: 7, end: null }, { start: 7, end: 9 }, '789'],
      [{ start: 2, end: 4 }, { start: 2, end: 4 }, '234'],
      [{ start: 8, end: 99 }, { start: 8, end: 9 }, '89'],
    ] as const) {
      fake.requests.length = 0;
      const source = await open(expected);
      expect(source.sizeBytes).toBe(10);
      expect(await text(await source.open(range, signal))).toBe(content);
      expect(fake.requests).toHaveLength(1);
      await source.close();
    }
  });

  it('asks again where another range is wanted than was expected, and for each further one', async () => {
    const source = await open({ start: 0, end: null });
    expect(await text(await source.open({ start: 3, end: 5 }, signal))).toBe('345');
    expect(await text(await source.open({ start: 0, end: 9 }, signal))).toBe('0123456789');
    expect(asked()).toEqual([
      ['GET', 'bytes=0-'],
      ['GET', 'bytes=3-5'],
      ['GET', 'bytes=0-9'],
    ]);
  });

  it('knows an empty file, and one that ends before the range begins', async () => {
    fake.addFile('/movies/empty.mp4', '');
    for (const expected of [null, { start: 0, end: null }, { start: 5, end: 6 }]) {
      expect((await open(expected, 'empty.mp4')).sizeBytes).toBe(0);
    }
    expect((await open({ start: 10, end: 11 })).sizeBytes).toBe(10);
  });

  it('refuses a file that changed since it told of it', async () => {
    const source = await open();
    fake.addFile('/movies/a/b ä.mp4', '9876543210', new Date('2024-05-06T07:08:10Z'));
    await expect(source.open({ start: 0, end: 9 }, signal)).rejects.toMatchObject({
      code: 'UPSTREAM_BROKEN',
      reason: 'the file changed while it was being opened',
    });
    fake.addFile('/movies/a/b ä.mp4', '0', modifiedAt);
    await expect(source.open({ start: 0, end: 9 }, signal)).rejects.toMatchObject({ code: 'UPSTREAM_BROKEN' });
    await expect.poll(() => fake.active).toBe(0);
  });

  const headers = { 'last-modified': modifiedAt.toUTCString(), 'content-type': 'video/mp4' };
  it.each([
    ['another range', 206, { 'content-range': 'bytes 0-3/10' }],
    ['the whole file', 200, { 'content-length': '10' }],
    ['a range without its place', 206, {}],
    ['a range with a broken place', 206, { 'content-range': 'bytes 3-5/*' }],
    ['a part that is compressed', 206, { 'content-range': 'bytes 3-5/10', 'content-encoding': 'gzip' }],
    ['a part of another version', 206, { 'content-range': 'bytes 3-5/11' }],
    ['no date', 206, { 'content-range': 'bytes 3-5/10', 'last-modified': 'yesterday' }],
    ['500', 500, {}],
    ['a redirection', 302, { location: 'https://evil.example/' }],
  ])('refuses %s in the place of what it asked for', async (_, status, extra) => {
    const source = await open();
    fake.fault = { kind: 'answers', status, headers: { ...headers, ...extra }, body: 'xxxxxxxxxx'.slice(0, 10) };
    const opening = source.open({ start: 3, end: 5 }, signal);
    await expect(opening).rejects.toMatchObject({ code: 'UPSTREAM_BROKEN' });
    expect(fake.requests).toHaveLength(2);
  });

  it('does not find a file that is not there', async () => {
    await expect(open(null, 'gone.mp4')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND_ON_DISK' });
  });

  it('takes a folder for no file, although copyparty answers with its page', async () => {
    for (const expected of [null, { start: 0, end: null }]) {
      await expect(open(expected, 'a')).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' });
    }
  });

  it('is refused where the password is wrong', async () => {
    copyparty = openCopyparty(fake.url, { password: 'wrong' });
    await expect(open()).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' });
  });

  it.each(['../photos/x.jpg', '.uqe/P2RlbGV0ZQ/x', 'a//b', 'a\0b'])('does not ask for %j', async (relativePath) => {
    await expect(open(null, relativePath)).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' });
    expect(fake.requests).toEqual([]);
  });

  it('lets go of copyparty when it is closed, whether its bytes were taken or not', async () => {
    fake.addFile('/movies/large.mp4', Buffer.alloc(32 * 1024 * 1024));
    const taken = await open({ start: 0, end: null }, 'large.mp4');
    const body = await taken.open({ start: 0, end: 32 * 1024 * 1024 - 1 }, signal);
    const other = await open({ start: 0, end: null }, 'large.mp4');
    expect(fake.active).toBe(2);
    await Promise.all([taken.close(), other.close()]);
    await expect.poll(() => [fake.active, fake.cancelled]).toEqual([0, 2]);
    await expect(buffer(body)).rejects.toThrow('Premature close');
  });
});
