import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { colourOf, createPosterLibrary, findPoster, plainPicture, type PosterLibrary } from './poster-library.ts';

let library: PosterLibrary;

beforeEach(async () => {
  library = await createPosterLibrary();
});

describe('posters', () => {
  it('are rendered once for a hundred requests at the same time, and for all after them', async () => {
    const item = await library.addItem('photo.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    const posters = library.open();
    const found = await Promise.all(Array.from({ length: 100 }, () => findPoster(posters, item)));
    found.push(await findPoster(posters, item));
    expect(library.rendered).toEqual(['file']);
    expect(new Set(found.map(({ etag }) => etag)).size).toBe(1);
    expect(await colourOf(found[100]!)).toBe('red');
  });

  it('that an album shares are rendered once for all its tracks', async () => {
    await library.write('album/cover.jpg', await plainPicture('green'));
    const tracks = await Promise.all(
      ['1.mp3', '2.mp3', '3.mp3'].map((name) => library.addItem(`album/${name}`, 'x', { mediaType: 'AUDIO' })),
    );
    const posters = library.open();
    for (const track of tracks) expect(await colourOf(await findPoster(posters, track))).toBe('green');
    expect(library.rendered).toEqual(['file']);
  });

  it('outlive a restart', async () => {
    const item = await library.addItem('photo.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    const before = await findPoster(library.open(), item);
    const after = await findPoster(library.open(), item);
    expect(library.rendered).toEqual(['file']);
    expect(after).toEqual(before);
  });

  it('show a file that was changed at once, and keep nothing of the old one', async () => {
    const item = await library.addItem('photo.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    const posters = library.open();
    const before = await findPoster(posters, item);
    await library.write('photo.jpg', await plainPicture('blue'));
    const changed = await findPoster(posters, item);
    expect(await colourOf(changed)).toBe('blue');
    expect(changed.etag).not.toBe(before.etag);
    expect(await cachedFiles()).toHaveLength(1);
  });

  it('show a poster that is put beside the file, and the next one when it is gone', async () => {
    const item = await library.addItem('film.mp4', 'x');
    const posters = library.open();
    expect(await colourOf(await findPoster(posters, item))).toBe('placeholder');
    await library.write('poster.jpg', await plainPicture('red'));
    await setTimeout(20); // longer than a tick of the filesystem's clock
    expect(await colourOf(await findPoster(posters, item))).toBe('red');
    await rm(join(library.root, 'poster.jpg'));
    expect(await colourOf(await findPoster(posters, item))).toBe('placeholder');
  });

  it('remember what could not be rendered, and try a changed file again', async () => {
    const item = await library.addItem('photo.jpg', 'no picture', { mediaType: 'IMAGE' });
    const posters = library.open();
    for (let round = 0; round < 3; round += 1) await findPoster(posters, item);
    expect(library.rendered).toEqual(['file', 'drawing']);
    await library.write('photo.jpg', await plainPicture('green'));
    expect(await colourOf(await findPoster(posters, item))).toBe('green');
  });

  it('are versioned where the URL tells their content, and not where a file beside may change', async () => {
    const photo = await library.addItem('photo.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    const film = await library.addItem('film.mp4', 'x');
    const posters = library.open({ upstream: { thumbnail: async () => null } });
    expect(await findPoster(posters, photo)).toMatchObject({ isVersioned: true });
    expect(await findPoster(posters, film)).toMatchObject({ isVersioned: false });
    await library.write('cover.jpg', await plainPicture('green'));
    await setTimeout(20);
    expect(await findPoster(posters, film)).toMatchObject({ isVersioned: false });
    await rm(join(library.root, 'cover.jpg'));
    // Written again since the scan: the version in the URL is that of the old content.
    await library.write('photo.jpg', await plainPicture('blue'));
    await setTimeout(20);
    expect(await findPoster(posters, photo)).toMatchObject({ isVersioned: false });
  });

  it('have two sizes, and never more pixels than the picture', async () => {
    const wide = await library.addItem('w.jpg', await plainPicture('red', { width: 1200, height: 600 }), {
      mediaType: 'IMAGE',
    });
    const tiny = await library.addItem('t.jpg', await plainPicture('red', { width: 60, height: 40 }), {
      mediaType: 'IMAGE',
    });
    const posters = library.open();
    const sizes = [];
    for (const item of [wide, tiny]) {
      for (const size of ['small', 'large'] as const) {
        const { bytes } = await findPoster(posters, item, { size });
        const { format, width, height } = await sharp(bytes).metadata();
        sizes.push([format, width, height]);
      }
    }
    expect(sizes).toEqual([
      ['webp', 320, 160],
      ['webp', 960, 480],
      ['webp', 60, 40],
      ['webp', 60, 40],
    ]);
  });

  it('that nobody waits for any more are not rendered', async () => {
    const client = new AbortController();
    const held = new AbortController();
    const started: string[] = [];
    const pool = {
      threads: 1,
      async run(_name: 'renderPicture', { source }: { source: { kind: string } }) {
        started.push(source.kind);
        if (!held.signal.aborted) await once(held.signal, 'abort');
        return { ok: true as const, bytes: await plainPicture('red', { format: 'webp' }) };
      },
    };
    const posters = library.open({ pool });
    const items = [];
    for (const name of ['1.jpg', '2.jpg', '3.jpg']) {
      items.push(await library.addItem(name, await plainPicture('red'), { mediaType: 'IMAGE' }));
    }
    const request = { purpose: 'poster', size: 'large' } as const;
    const first = posters.find(items[0]!, request, client.signal);
    // It has the only thread before the others come.
    await expect.poll(() => started).toEqual(['file']);
    const found = [first, ...items.slice(1).map((item) => posters.find(item, request, client.signal))];
    const stays = findPoster(posters, items[2]!);
    client.abort(new Error('left'));
    for (const promise of found) await expect(promise).rejects.toThrow('left');
    held.abort();
    expect(await colourOf(await stays)).toBe('red');
    // The first one ran, the third one had somebody else; of the second nothing was begun.
    expect(started).toEqual(['file', 'file']);
  });

  it('are given all the same where they cannot be cached', async () => {
    const item = await library.addItem('photo.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    await writeFile(library.cacheDir, 'a file in the place of the folder');
    expect(await colourOf(await findPoster(library.open(), item))).toBe('red');
    expect(library.logged).toMatchObject([{ level: 40, err: { code: expect.stringMatching(/EEXIST|ENOTDIR/) } }]);
  });

  it('say whether something failed that may have a better one later', async () => {
    const song = await library.addItem('song.mp3', 'no music', { mediaType: 'AUDIO' });
    const drawn = await findPoster(library.open(), song);
    expect([drawn.isDrawn, drawn.hasFailed]).toEqual([true, false]);
    const posters = library.open({ upstream: { thumbnail: () => Promise.reject(new Error('down')) } });
    for (const _time of ['at first', 'remembered']) {
      const { isDrawn, hasFailed } = await findPoster(posters, song);
      expect([isDrawn, hasFailed]).toEqual([true, true]);
    }
  });

  it('survive a worker that dies, and say so in the log', async () => {
    const item = await library.addItem('photo.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    const pool = { threads: 1, run: () => Promise.reject(new Error('the thread ended')) };
    await expect(findPoster(library.open({ pool }), item)).rejects.toMatchObject({ code: 'PLACEHOLDER_FAILED' });
    expect(library.logged).toMatchObject([{ err: { message: 'the thread ended' } }, { level: 40 }]);
  });
});

async function cachedFiles(): Promise<string[]> {
  const names = await readdir(library.cacheDir, { recursive: true });
  return names.filter((name) => name.endsWith('.webp'));
}
