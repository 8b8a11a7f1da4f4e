import { describe, expect, it } from 'vitest';
import { createCopypartyThumbnails } from '../../../src/library/copyparty/copyparty-thumbnails.ts';
import { startFakeCopyparty } from '../../support/fake-copyparty.ts';
import { openCopyparty } from '../../support/open-copyparty.ts';

const { signal } = new AbortController();

describe('thumbnails from copyparty', () => {
  it('are asked for uncropped, in two sizes', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/photos/a b.jpg');
    const thumbnails = createCopypartyThumbnails(openCopyparty(fake.url));
    for (const size of ['small', 'large'] as const) {
      expect(String(await thumbnails.thumbnail('/photos', 'a b.jpg', size, signal))).toMatch(/^RIFF/);
    }
    expect(fake.requests.map(({ url }) => url)).toEqual(['/photos/a%20b.jpg?th=wf', '/photos/a%20b.jpg?th=wf3']);
  });

  it('are missing where copyparty answers with an icon, a page or a refusal', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/photos/notes.txt');
    const thumbnails = createCopypartyThumbnails(openCopyparty(fake.url));
    expect(await thumbnails.thumbnail('/photos', 'notes.txt', 'small', signal)).toBeNull();
    expect(await thumbnails.thumbnail('/secret', 'a.jpg', 'small', signal)).toBeNull();
    fake.fault = { kind: 'answers', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' };
    expect(await thumbnails.thumbnail('/photos', 'a.jpg', 'small', signal)).toBeNull();
  });

  it('fail where copyparty does', async () => {
    const fake = await startFakeCopyparty();
    const thumbnails = createCopypartyThumbnails(openCopyparty(fake.url));
    const ask = () => thumbnails.thumbnail('/photos', 'a.jpg', 'small', signal);
    fake.fault = { kind: 'answers', status: 500 };
    await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM_BROKEN' });
    fake.fault = {
      kind: 'answers',
      status: 200,
      headers: { 'content-type': 'image/webp' },
      body: 'x'.repeat(5_000_000),
    };
    await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM_BROKEN' });
    await expect.poll(() => fake.active).toBe(0);
  });
});
