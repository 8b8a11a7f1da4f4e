import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import type { ByteRange } from '../../../../src/library/delivery/byte-source.ts';
import { FileNotFoundOnDiskError } from '../../../../src/base/files/file-errors.ts';
import { filmFixture, halvesOf } from '../../../base/films/film-fixture.ts';
import { colourOf, createPosterLibrary, findPoster, type PosterLibrary } from './poster-library.ts';

let library: PosterLibrary;
let fetched: ByteRange[];

beforeEach(async () => {
  library = await createPosterLibrary();
  fetched = [];
});

/** Posters in front of a film that is somewhere else. */
function openBefore(film: Buffer, maxBytes?: number) {
  const folder = join(library.root, '../fetched');
  const openSource = async () => ({
    sizeBytes: film.length,
    modifiedAt: new Date(0),
    contentType: 'video/mp4',
    etag: '"x"',
    open(range: ByteRange) {
      fetched.push(range);
      return Readable.from([film.subarray(range.start, range.end + 1)], { objectMode: false });
    },
    close: async () => {},
  });
  return { folder, posters: library.open({ fetchFilms: { openSource, folder, ...(maxBytes && { maxBytes }) } }) };
}

async function addRemoteItem() {
  const item = await library.addItem('film.mp4', 'x');
  await rm(join(library.root, 'film.mp4'));
  return item;
}

it('a film that is not on this disk is shown by a frame, of which only parts are fetched', async () => {
  const whole = await readFile(filmFixture('films/dark-beginning.mp4'));
  // The index stands at the end, behind 20 MiB that nobody needs.
  const place = whole.indexOf('moov') - 4;
  const free = Buffer.alloc(20 * 2 ** 20);
  free.writeUInt32BE(free.length);
  free.write('free', 4);
  const { folder, posters } = openBefore(Buffer.concat([whole.subarray(0, place), free, whole.subarray(place)]));
  const item = await addRemoteItem();
  const poster = await findPoster(posters, item);
  expect(await halvesOf(poster.bytes)).toEqual(['red', 'blue']);
  expect(poster.isVersioned).toBe(true);
  const read = fetched.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  expect(read).toBeLessThanOrEqual(4 * 2 ** 20);
  expect(await readdir(folder)).toEqual([]);
  expect(await findPoster(posters, item)).toEqual(poster);
});

it('such a film has a placeholder where it cannot be decoded, or not be reached', async () => {
  const { folder, posters } = openBefore(Buffer.from('x'.repeat(3 * 2 ** 20)));
  expect(await colourOf(await findPoster(posters, await addRemoteItem()))).toBe('placeholder');
  expect(await readdir(folder)).toEqual([]);
  const unreachable = library.open({ fetchFilms: { openSource: refuse, folder } });
  expect(await colourOf(await findPoster(unreachable, await addRemoteItem()))).toBe('placeholder');
  expect(library.logged).toEqual([]);
});

it('no more of such a film is fetched than the limit, and ever more at once for a demuxer that reads on and on', async () => {
  const chunk = await readFile(filmFixture('films/noise.avi'));
  // An index of AVI that is nowhere: the demuxer goes on and on.
  const film = Buffer.alloc(10 * 2 ** 20);
  chunk.copy(film, 0, 0, 300);
  const { posters } = openBefore(film, 4 * 2 ** 20);
  expect(await colourOf(await findPoster(posters, await addRemoteItem()))).toBe('placeholder');
  expect(fetched.map(({ start, end }) => (end + 1 - start) / 2 ** 20)).toEqual([1, 2, 1]);
});

const refuse = () => Promise.reject(new FileNotFoundOnDiskError('film.mp4'));
