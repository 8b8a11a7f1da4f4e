import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { createCopypartySources } from '../../../src/library/copyparty/copyparty-source.ts';
import { chooseSource, type BytesFrom } from '../../../src/library/delivery/choose-source.ts';
import { startFakeCopyparty, type FakeCopyparty } from '../../support/fake-copyparty.ts';
import { openCopyparty, type OpenedCopyparty } from '../../support/open-copyparty.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();
const modifiedAt = new Date('2024-05-06T07:08:09.5Z');

let fake: FakeCopyparty;
let copyparty: OpenedCopyparty;
let rootPath: string;

/** The file has the same size and date in both places, and tells in which it is. */
beforeEach(async () => {
  fake = await startFakeCopyparty();
  fake.addFile('/movies/a.mp4', 'far', modifiedAt);
  copyparty = openCopyparty(fake.url, { retryMs: 100 });
  rootPath = await temporaryFolder();
  await writeFile(join(rootPath, 'a.mp4'), 'dsk');
  await utimes(join(rootPath, 'a.mp4'), modifiedAt, modifiedAt);
});

function choose(bytesFrom: BytesFrom) {
  const logged: string[] = [];
  const log = pino({}, { write: (line) => logged.push((JSON.parse(line) as { msg: string }).msg) });
  const openSource = chooseSource({ bytesFrom, upstream: createCopypartySources(copyparty), log });
  const open = (relativePath = 'a.mp4') =>
    openSource(
      { category: 'movies', rootPath, copypartyPath: '/movies', relativePath, contentType: 'video/mp4' },
      { signal },
    );
  const read = async () => {
    const source = await open();
    try {
      return await text(await source.open({ start: 0, end: 2 }, signal));
    } finally {
      await source.close();
    }
  };
  return { open, read, logged };
}

describe('bytes', () => {
  it('come from the disk where that is set, or no copyparty is', async () => {
    expect(await choose('disk').read()).toBe('dsk');
    const openSource = chooseSource({ bytesFrom: 'auto', upstream: null, log: pino({ level: 'silent' }) });
    const file = {
      category: 'movies',
      rootPath,
      copypartyPath: '/movies',
      relativePath: 'a.mp4',
      contentType: 'video/mp4',
    };
    const source = await openSource(file, { signal });
    expect(await text(await source.open({ start: 0, end: 2 }, signal))).toBe('dsk');
    await source.close();
    expect(fake.requests).toEqual([]);
  });

  it('come from copyparty alone where that is set', async () => {
    const { read } = choose('copyparty');
    expect(await read()).toBe('far');
    await fake.stop();
    await expect(read()).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('come from the disk while copyparty is down, which is said once, and from copyparty again', async () => {
    const { read, logged } = choose('auto');
    expect(await read()).toBe('far');
    for (const outage of [1, 2]) {
      await fake.stop();
      expect(await Promise.all([read(), read(), read()])).toEqual(['dsk', 'dsk', 'dsk']);
      expect(await read()).toBe('dsk');
      expect(logged).toHaveLength(outage);
      await fake.start();
      await expect.poll(read).toBe('far');
    }
    expect(new Set(logged)).toEqual(new Set(['while copyparty is down, bytes come from the disk']));
  });

  it('have the same tag from both, so that a player goes on where it was', async () => {
    const { open } = choose('auto');
    const far = await open();
    await fake.stop();
    const near = await open();
    expect(near.etag).toBe(far.etag);
    await Promise.all([far.close(), near.close()]);
  });

  it('do not wait for a copyparty that is known to be down', async () => {
    const { read } = choose('auto');
    fake.fault = { kind: 'never-answers' };
    await fake.stop();
    await read();
    expect(copyparty.state().isUp).toBe(false);
    await fake.start();
    const asked = () => fake.requests.filter(({ url }) => url.startsWith('/movies/')).length;
    const before = asked();
    expect(await read()).toBe('dsk');
    expect(asked()).toBe(before);
  });

  it('come from the disk where copyparty answers too late, or nothing that can be used', async () => {
    const { read } = choose('auto');
    fake.fault = { kind: 'never-answers' };
    expect(await read()).toBe('dsk');
    fake.fault = { kind: 'answers', status: 500 };
    expect(await read()).toBe('dsk');
  });

  it('fail as copyparty does where the root of the category is not on this machine', async () => {
    await rm(rootPath, { recursive: true });
    const { read } = choose('auto');
    await fake.stop();
    for (let round = 0; round < 2; round++)
      await expect(read()).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('do not come from the disk where copyparty says that it does not give them', async () => {
    copyparty = openCopyparty(fake.url, { password: 'wrong' });
    await expect(choose('auto').read()).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' });
    copyparty = openCopyparty(fake.url);
    fake.files.delete('/movies/a.mp4');
    fake.addFile('/movies/other.mp4');
    await expect(choose('auto').read()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND_ON_DISK' });
  });

  it('fail as the disk does where something else lies there', async () => {
    await mkdir(join(rootPath, 'folder'));
    await fake.stop();
    await expect(choose('auto').open('folder')).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' });
  });
});
