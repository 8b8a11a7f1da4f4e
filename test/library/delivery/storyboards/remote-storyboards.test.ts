import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import { FileNotFoundOnDiskError } from '../../../../src/base/files/file-errors.ts';
import type { ByteRange } from '../../../../src/library/delivery/byte-source.ts';
import type { OpenSource } from '../../../../src/library/delivery/choose-source.ts';
import { locateTiles, type LocateTilesInput } from '../../../../src/library/delivery/storyboards/locate-tiles.task.ts';
import {
  renderStoryboard,
  type RenderStoryboardInput,
} from '../../../../src/library/delivery/storyboards/render-storyboard.task.ts';
import { createStoryboards } from '../../../../src/library/delivery/storyboards/storyboards.ts';
import { filmFixture } from '../../../base/films/film-fixture.ts';
import { createPosterLibrary, type PosterLibrary } from '../posters/poster-library.ts';

let library: PosterLibrary;
let folder: string;
let fetched: ByteRange[];

beforeEach(async () => {
  library = await createPosterLibrary();
  folder = join(library.root, '../fetched');
  fetched = [];
});

const { signal } = new AbortController();

function open(openSource?: OpenSource) {
  return createStoryboards({
    pool: { threads: 2, run: (_name: 'renderStoryboard', input: RenderStoryboardInput) => renderStoryboard(input) },
    cacheDir: library.cacheDir,
    maxCacheBytes: 10_000_000,
    maxPixels: 1_000_000,
    ffmpegPath: null,
    fetchFilms: openSource && {
      openSource,
      folder,
      pool: { run: (_name: 'locateTiles', input: LocateTilesInput) => locateTiles(input) },
    },
    log: { debug() {}, warn() {} },
  });
}

/** Gives the ranges of a film that is somewhere else. */
function sourceOf(film: Buffer): OpenSource {
  return async () => ({
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
}

async function addRemoteItem(name: string) {
  const item = await library.addItem(name, 'x');
  await rm(join(library.root, name));
  return item;
}

const fetchedBytes = () => fetched.reduce((sum, { start, end }) => sum + end - start + 1, 0);

it('the storyboard of a film that is not on this disk is that of the file, of which only parts are fetched', async () => {
  const whole = await readFile(filmFixture('films/dark-beginning.mp4'));
  const free = Buffer.alloc(20 * 2 ** 20);
  free.writeUInt32BE(free.length);
  free.write('free', 4);
  const place = whole.indexOf('moov') - 4;
  // The index stands behind 20 MiB that nobody needs.
  const film = Buffer.concat([whole.subarray(0, place), free, whole.subarray(place)]);
  const item = await addRemoteItem('remote.mp4');
  const storyboards = open(sourceOf(film));
  const found = await Promise.all([1, 2, 3].map(() => storyboards.find(item, new AbortController().signal)));
  const here = await storyboards.find(await library.addItem('here.mp4', whole), signal);
  expect(found[0]?.layout).toEqual(here.layout);
  expect(found[0]?.sheet.equals(here.sheet)).toBe(true);
  expect(found[0]?.isVersioned).toBe(true);
  expect(await readdir(folder)).toEqual([]);
  const bytes = fetchedBytes();
  expect(bytes).toBeLessThan(4 * 2 ** 20);
  expect(await open(sourceOf(film)).find(item, signal)).toEqual(found[0]);
  expect(fetchedBytes()).toBe(bytes);
});

it('there is none of what is no film, which is remembered, and none where all bytes come from the disk', async () => {
  const item = await addRemoteItem('remote.mp4');
  await expect(open().find(item, signal)).rejects.toMatchObject({ code: 'NO_STORYBOARD', httpStatus: 404 });
  const storyboards = open(sourceOf(Buffer.from('x'.repeat(3 * 2 ** 20))));
  await expect(storyboards.find(item, signal)).rejects.toMatchObject({ code: 'NO_STORYBOARD', httpStatus: 404 });
  expect(storyboards.isPossible(item)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

it('a film that cannot be reached is told of as its stream would, and asked for again', async () => {
  const item = await addRemoteItem('remote.mp4');
  const storyboards = open(() => Promise.reject(new FileNotFoundOnDiskError('remote.mp4')));
  await expect(storyboards.find(item, signal)).rejects.toMatchObject({ code: new FileNotFoundOnDiskError('x').code });
  expect(storyboards.isPossible(item)).toBe(true);
});

it('nothing is left of a film whose last viewer went away while it was fetched', async () => {
  const client = new AbortController();
  const item = await addRemoteItem('remote.mp4');
  let isClosed = false;
  const openSource: OpenSource = async (_file, options) => ({
    ...(await sourceOf(Buffer.alloc(2 ** 20))(_file, options)),
    open(_range: ByteRange, aborted: AbortSignal) {
      queueMicrotask(() => client.abort(new Error('left')));
      return new Readable({ read() {}, signal: aborted });
    },
    close: async () => void (isClosed = true),
  });
  await expect(open(openSource).find(item, client.signal)).rejects.toThrow('left');
  await expect.poll(() => isClosed).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});
