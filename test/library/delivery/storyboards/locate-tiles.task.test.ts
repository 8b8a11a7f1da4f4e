import { stat } from 'node:fs/promises';
import { dirname, basename } from 'node:path';
import { expect, it } from 'vitest';
import type { FilmPart } from '../../../../src/base/films/film.ts';
import { locateTiles } from '../../../../src/library/delivery/storyboards/locate-tiles.task.ts';
import { renderStoryboard } from '../../../../src/library/delivery/storyboards/render-storyboard.task.ts';
import { filmFixture } from '../../../base/films/film-fixture.ts';

const placeOf = (name: string) => ({
  rootPath: dirname(filmFixture(name)),
  relativePath: basename(name),
  maxPixels: 1_000_000,
});

const partBytes = 4096;

/** Adds what is missing until nothing is. */
async function gather(name: string, stride: number) {
  const parts: FilmPart[] = [];
  for (let round = 0; round < 200; round += 1) {
    const found = await locateTiles({ ...placeOf(name), parts, stride });
    if (!found.ok || found.missing.length === 0) return { parts, found };
    expect(new Set(found.missing).size).toBe(found.missing.length);
    parts.push(...found.missing.map((start) => ({ start, end: start + partBytes })));
  }
  throw new Error('there is no end of what is missing');
}

const films = ['video/the-long-tide.mp4', 'video/paper-planets.webm', 'films/dark-beginning.mp4', 'films/odd.mkv'];

it.each(films)('%s is shown by the parts that were missing as by the whole file', async (name) => {
  for (const stride of [1, 4]) {
    const { parts, found } = await gather(name, stride);
    expect(found).toMatchObject({ ok: true, missing: [] });
    const options = { ...placeOf(name), ffmpegPath: null, stride };
    const whole = await renderStoryboard(options);
    expect(whole.ok && whole.layout.count).toBe(Math.ceil(((found.ok && found.count) || 0) / stride));
    expect(await renderStoryboard({ ...options, parts })).toEqual(whole);
  }
});

it('a few tiles need less of a film than all, and both less than the film', async () => {
  const name = 'video/the-long-tide.mp4';
  const [few, all] = [await gather(name, 4), await gather(name, 1)].map(({ parts }) => parts.length * partBytes);
  expect(few).toBeLessThan(all!);
  expect(all).toBeLessThan((await stat(filmFixture(name))).size);
});

it('what is no film is told of as data', async () => {
  const input = { ...placeOf('README.md'), parts: [{ start: 0, end: 1_000_000 }], stride: 1 };
  expect(await locateTiles(input)).toMatchObject({ ok: false, code: 'UNREADABLE_FILM' });
});
