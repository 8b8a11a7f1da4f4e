import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderStoryboard } from '../../../../src/library/delivery/storyboards/render-storyboard.task.ts';
import type { RenderStoryboardInput } from '../../../../src/library/delivery/storyboards/render-storyboard.task.ts';
import { createStoryboards } from '../../../../src/library/delivery/storyboards/storyboards.ts';
import type { PicturedItem } from '../../../../src/library/delivery/posters/pictured-item.ts';
import { LostTaskError } from '../../../../src/base/errors/domain-error.ts';
import { filmFixture, nameOf } from '../../../base/films/film-fixture.ts';
import { createPosterLibrary, type PosterLibrary } from '../posters/poster-library.ts';

let library: PosterLibrary;
let film: Buffer;
let rendered: string[];

beforeEach(async () => {
  library = await createPosterLibrary();
  film = await readFile(filmFixture('films/dark-beginning.mp4'));
  rendered = [];
});

const { signal } = new AbortController();

function open(run = renderStoryboard) {
  const pool = {
    threads: 2,
    run(_name: 'renderStoryboard', input: RenderStoryboardInput) {
      rendered.push(input.relativePath);
      return run(input);
    },
  };
  return createStoryboards({
    pool,
    cacheDir: library.cacheDir,
    maxCacheBytes: 10_000_000,
    maxPixels: 1_000_000,
    ffmpegPath: null,
    log: { debug() {}, warn() {} },
  });
}

describe('the storyboard of a film', () => {
  it('shows its key frames in their order, and is made once for all who wait', async () => {
    const item = await library.addItem('film.mp4', film);
    const storyboards = open();
    const found = await Promise.all(
      Array.from({ length: 20 }, () => storyboards.find(item, new AbortController().signal)),
    );
    const [first] = found;
    expect(first?.layout).toEqual({
      tileWidth: 128,
      tileHeight: 96,
      columns: 10,
      count: 3,
      intervalSeconds: 2,
      durationSeconds: 6,
    });
    expect(first?.isVersioned).toBe(true);
    const { data, info } = await sharp(first?.sheet).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([3 * 128, 96]);
    const colours = [0.25, 0.75, 1.5, 2.25, 2.75].map((tiles) => {
      const start = (48 * info.width + tiles * 128) * info.channels;
      return nameOf([...data.subarray(start, start + 3)]);
    });
    expect(colours).toEqual(['black', 'black', 'black', 'red', 'blue']);
    expect(await open().find(item, signal)).toEqual(first);
    expect(rendered).toEqual(['film.mp4']);
  });

  it('is another when the film is another, and goes with it', async () => {
    const item = await library.addItem('film.mp4', film);
    const storyboards = open();
    const before = await storyboards.find(item, signal);
    const changed = await library.addItem('film.mp4', await readFile(filmFixture('video/the-long-tide.mp4')));
    const after = await storyboards.find(changed, signal);
    expect([after.etag !== before.etag, after.layout.count, after.layout.tileHeight]).toEqual([true, 10, 90]);
    // What the file is now was not asked for by its old version.
    expect((await storyboards.find(item, signal)).isVersioned).toBe(false);
    await storyboards.forget(changed);
    const left = await readdir(library.cacheDir, { recursive: true });
    expect(left.filter((name) => name.endsWith('.webp'))).toEqual([]);
  });

  it('is none where there is no film, and that is remembered for those that were tried', async () => {
    const storyboards = open();
    const song = await library.addItem('song.mp3', 'x', { mediaType: 'AUDIO' });
    const broken = await library.addItem('broken.mp4', 'x');
    const gone = await library.addItem('gone.mp4', film);
    await rm(join(library.root, 'gone.mp4'));
    expect([song, broken, gone].map((item) => storyboards.isPossible(item))).toEqual([false, true, true]);
    for (const item of [song, broken, broken, gone]) {
      await expect(storyboards.find(item, signal)).rejects.toMatchObject({ code: 'NO_STORYBOARD', httpStatus: 404 });
    }
    expect([song, broken, gone].map((item) => storyboards.isPossible(item))).toEqual([false, false, true]);
    expect(rendered).toEqual(['broken.mp4']);
  });

  it('is none of a film that takes its worker with it', async () => {
    const storyboards = open(() => Promise.reject(LostTaskError.becauseOfTime(1000)));
    const item = await library.addItem('film.mp4', film);
    await expect(storyboards.find(item, signal)).rejects.toMatchObject({ code: 'NO_STORYBOARD' });
    expect(storyboards.isPossible(item)).toBe(false);
  });

  it('is not begun for somebody who has left, and is refused where too many wait', async () => {
    const held = new AbortController();
    const storyboards = open(async (input) => {
      if (!held.signal.aborted) await once(held.signal, 'abort');
      return renderStoryboard(input);
    });
    const client = new AbortController();
    const items: PicturedItem[] = [];
    for (let index = 0; index < 33; index += 1) items.push(await library.addItem(`film${index}.mp4`, film));
    const [stays] = items;
    const first = storyboards.find(stays!, signal);
    await expect.poll(() => rendered).toEqual(['film0.mp4']);
    const others = items.slice(1, 32).map((item) => storyboards.find(item, AbortSignal.any([client.signal])));
    const leave = Promise.allSettled(others);
    await expect
      .poll(() => storyboards.find(items[32]!, AbortSignal.timeout(50)).catch((error: { code?: string }) => error.code))
      .toBe('SERVICE_BUSY');
    client.abort(new Error('left'));
    expect((await leave).every(({ status }) => status === 'rejected')).toBe(true);
    held.abort();
    expect((await first).layout.count).toBe(3);
    expect(rendered).toEqual(['film0.mp4']);
  });
});
