import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PicturedItem } from '../../../../src/library/delivery/posters/pictured-item.ts';
import { embedCover } from './embed-cover.ts';
import {
  colourOf,
  createPosterLibrary,
  dataUri,
  findPoster,
  plainPicture,
  type Colour,
  type PosterLibrary,
} from './poster-library.ts';

let library: PosterLibrary;

beforeEach(async () => {
  library = await createPosterLibrary();
});

const colourFor = async (item: PicturedItem, options: Parameters<PosterLibrary['open']>[0] = {}) =>
  colourOf(await findPoster(library.open(options), item));

const upstreamOf = (colour: Colour) => ({ thumbnail: () => plainPicture(colour, { format: 'webp' }) });

describe('the poster of an item', () => {
  it('is the first of the chain that there is, down to a placeholder', async () => {
    const item = await library.addItem('a/photo.jpg', await plainPicture('white'), {
      mediaType: 'IMAGE',
      posterPath: 'set.jpg',
      customMetadata: { poster: dataUri(await plainPicture('green')) },
    });
    await library.write('set.jpg', await plainPicture('red'));
    await library.write('a/poster.png', await plainPicture('blue', { format: 'png' }));
    const upstream = upstreamOf('yellow');
    expect(await colourFor(item, { upstream })).toBe('red');
    await rm(join(library.root, 'set.jpg'));
    expect(await colourFor(item, { upstream })).toBe('green');
    item.customMetadata = {};
    expect(await colourFor(item, { upstream })).toBe('blue');
    await rm(join(library.root, 'a/poster.png'));
    expect(await colourFor(item, { upstream })).toBe('yellow');
    expect(await colourFor(item)).toBe('white');
    await rm(join(library.root, 'a/photo.jpg'));
    expect(await colourFor(item)).toBe('placeholder');
  });

  it('may be set to a file of the image store', async () => {
    const item = await library.addItem('film.mp4', 'x', { posterPath: 'ab/poster.webp' });
    await library.write('../images/ab/poster.webp', await plainPicture('blue', { format: 'webp' }));
    expect(await colourFor(item)).toBe('blue');
  });

  it.each([
    ['dots', '../secret.png'],
    ['dots further in', 'a/../../secret.png'],
    ['a link', 'link.png'],
    ['a linked folder', 'linked/secret.png'],
    ['an absolute path', '<outside>/secret.png'],
    ['a NUL', 'poster.png\0.jpg'],
    ['the root itself', '.'],
    ['nothing', ''],
  ])('cannot be a file outside, by %s', async (_title, posterPath) => {
    const outside = join(library.root, '..');
    await writeFile(join(outside, 'secret.png'), await plainPicture('red', { format: 'png' }));
    await symlink(join(outside, 'secret.png'), join(library.root, 'link.png'));
    await symlink(outside, join(library.root, 'linked'));
    const item = await library.addItem('film.mp4', 'x', { posterPath: posterPath.replace('<outside>', outside) });
    expect(await colourFor(item)).toBe('placeholder');
    const isAnEscape = !['.', ''].includes(posterPath);
    expect(library.logged.some(({ msg }) => msg === 'a picture was refused')).toBe(isAnEscape);
  });

  it.each(['poster', 'posterData', 'poster_base64', 'thumbnail', 'COVER'])(
    'is found in its metadata as %s, as base64 with or without the scheme of a data URI',
    async (key) => {
      const green = await plainPicture('green', { format: 'png' });
      for (const value of [dataUri(green, 'image/png'), green.toString('base64')]) {
        expect(await colourFor(await library.addItem('film.mp4', 'x', { customMetadata: { [key]: value } }))).toBe(
          'green',
        );
      }
    },
  );

  it.each([
    ['a URL', 'http://127.0.0.1/x.jpg'],
    ['a path', '/etc/passwd'],
    ['text that only looks like base64', 'A'.repeat(200)],
    ['a data URI that is no base64', 'data:image/svg+xml,<svg/>'],
    ['SVG', `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')}`],
    ['no text', { data: 5 }],
  ])('is not taken from metadata that holds %s', async (_title, poster) => {
    const item = await library.addItem('film.mp4', 'x', { customMetadata: { poster } });
    expect(await colourFor(item)).toBe('placeholder');
  });

  it('is the file beside it that fits best, in any case of letters', async () => {
    const item = await library.addItem('b/Film One.mkv', 'x');
    const beside: [string, Colour][] = [
      ['Cover.WEBP', 'red'],
      ['folder.JPEG', 'green'],
      ['POSTER.png', 'blue'],
      ['film one-Poster.jpg', 'yellow'],
      ['FILM ONE.png', 'white'],
    ];
    for (const [name, colour] of beside) {
      await library.write(`b/${name}`, await plainPicture(colour));
      expect(await colourFor(item)).toBe(colour);
    }
  });

  it('of an episode is that of its show where nothing is nearer, but no tile in the place of a frame or a cover', async () => {
    const cover = embedCover(await plainPicture('yellow'));
    const item = await library.addItem('Show/Season 01/1.mp3', cover);
    await library.write('Show/poster.jpg', await plainPicture('blue'));
    expect(await colourFor(item)).toBe('blue');
    const tile = await findPoster(library.open(), item, { purpose: 'thumbnail' });
    expect(await colourOf(tile)).toBe('yellow');
    await library.write('Show/Season 01/1.tbn', await plainPicture('red'));
    expect(await colourFor(item)).toBe('red');
  });

  it('is the next one where a file beside it is broken, too large, a folder or leads outside', async () => {
    const item = await library.addItem('film.mp4', 'x');
    const picture = await plainPicture('red', { width: 600, height: 400 });
    await library.write('film.jpg', picture.subarray(0, picture.length / 2));
    await library.write('film.png', await plainPicture('red', { format: 'png', width: 2000, height: 1000 }));
    await library.write('film.webp/file', '');
    await symlink('/etc/passwd', join(library.root, 'film-poster.jpg'));
    await library.write('folder.jpg', await plainPicture('blue'));
    expect(await colourFor(item)).toBe('blue');
  });

  it('is the cover inside the file where nothing else is there', async () => {
    const item = await library.addItem('song.mp3', embedCover(await plainPicture('yellow')), { mediaType: 'AUDIO' });
    expect(await colourFor(item)).toBe('yellow');
  });

  it('is what can be read of the picture itself where that is cut off', async () => {
    const picture = await plainPicture('red', { width: 900, height: 600 });
    const item = await library.addItem('a.jpg', picture.subarray(0, picture.length - 300), { mediaType: 'IMAGE' });
    await findPoster(library.open(), item);
    expect(library.rendered).toEqual(['file']);
  });
});

describe('the thumbnail of a photo', () => {
  it('is not the cover of its album', async () => {
    const photo = await library.addItem('album/1.jpg', await plainPicture('white'), { mediaType: 'IMAGE' });
    await library.write('album/cover.jpg', await plainPicture('red'));
    const posters = library.open();
    expect(await colourOf(await findPoster(posters, photo, { purpose: 'thumbnail' }))).toBe('white');
    expect(await colourOf(await findPoster(posters, photo, { purpose: 'poster' }))).toBe('red');
    const film = await library.addItem('album/film.mp4', 'x');
    expect(await colourOf(await findPoster(posters, film, { purpose: 'thumbnail' }))).toBe('red');
  });

  it('is its own, whatever else has its name without the extension', async () => {
    const posters = library.open();
    const jpeg = await library.addItem('album/3.jpg', await plainPicture('red'), { mediaType: 'IMAGE' });
    const png = await library.addItem('album/3.png', await plainPicture('blue'), { mediaType: 'IMAGE' });
    expect(await colourOf(await findPoster(posters, jpeg, { purpose: 'thumbnail' }))).toBe('red');
    expect(await colourOf(await findPoster(posters, png, { purpose: 'thumbnail' }))).toBe('blue');
  });

  it('in RAW is the JPEG of the same name', async () => {
    const raw = await library.addItem('album/2.cr2', 'no picture for libvips', { mediaType: 'IMAGE' });
    await library.write('album/2.JPG', await plainPicture('green'));
    expect(await colourOf(await findPoster(library.open(), raw, { purpose: 'thumbnail' }))).toBe('green');
  });
});

const standIn = async (width: number, originalWidth: number) => {
  await library.write('../proxies/p.jpg', await plainPicture('red', { width, height: width / 2 }));
  const rootPath = join(library.root, '../proxies');
  const sizes = { width, height: width / 2, originalWidth, originalHeight: originalWidth / 2 };
  return { findStandIn: async () => ({ rootPath, relativePath: 'p.jpg', ...sizes }) };
};
const photo = async (content: Uint8Array | string) => library.addItem('a.jpg', content, { mediaType: 'IMAGE' });

describe('a photo with a proxy', () => {
  it('is shown by it where it is large enough, or as large as the photo', async () => {
    const item = await photo(await plainPicture('white', { width: 1000, height: 500 }));
    expect(await colourFor(item, await standIn(960, 1000))).toBe('red');
    const small = await library.addItem('b.jpg', await plainPicture('white'), { mediaType: 'IMAGE' });
    expect(await colourFor(small, await standIn(60, 60))).toBe('red');
  });

  it('is shown by its file where the proxy is too small, or the file is another by now', async () => {
    const item = await photo(await plainPicture('white', { width: 1000, height: 500 }));
    expect(await colourFor(item, await standIn(500, 1000))).toBe('white');
    await library.write('a.jpg', await plainPicture('blue', { width: 1001, height: 500 }));
    expect(await colourFor(item, await standIn(960, 1000))).toBe('blue');
  });

  it('is shown by any proxy where its file cannot be decoded, or is not on this disk', async () => {
    const item = await photo('no picture');
    expect(await colourFor(item, await standIn(500, 1000))).toBe('red');
    await rm(join(library.root, 'a.jpg'));
    await rm(library.cacheDir, { recursive: true });
    expect(await colourFor(item, await standIn(500, 1000))).toBe('red');
    await rm(library.cacheDir, { recursive: true });
    expect(await colourFor(item)).toBe('placeholder');
  });
});

describe('copyparty', () => {
  it('is asked by its own path of the item, for the large one', async () => {
    const item = await library.addItem('a b/film.mp4', 'x');
    const asked: unknown[] = [];
    const upstream = {
      thumbnail: (...[path, relativePath, size]: [string, string, string, AbortSignal]) => {
        asked.push([path, relativePath, size]);
        return plainPicture('blue');
      },
    };
    expect(await colourOf(await findPoster(library.open({ upstream }), item, { size: 'small' }))).toBe('blue');
    expect(asked).toEqual([['/movies', 'a b/film.mp4', 'large']]);
  });

  it('is passed over where it has no thumbnail, or an SVG, and not asked again for a while', async () => {
    let asked = 0;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const answer of [null, svg]) {
      asked = 0;
      const item = await library.addItem('photo.jpg', await plainPicture('white'), { mediaType: 'IMAGE' });
      const upstream = { thumbnail: async () => ((asked += 1), answer) };
      const posters = library.open({ upstream });
      expect(await colourOf(await findPoster(posters, item))).toBe('white');
      expect(await colourOf(await findPoster(posters, item))).toBe('white');
      expect(asked).toBe(1);
    }
  });

  it('that fails is left alone for a moment, told once, and what it gave before stays', async () => {
    const seen = await library.addItem('seen.mp4', 'x');
    let isDown = false;
    let asked = 0;
    const upstream = {
      thumbnail: async () => {
        asked += 1;
        if (isDown) throw new Error('unreachable');
        return plainPicture('blue');
      },
    };
    const posters = library.open({ upstream });
    await findPoster(posters, seen);
    isDown = true;
    expect(await colourOf(await findPoster(posters, seen))).toBe('blue');
    for (const name of ['1.mp4', '2.mp4', '3.mp4']) {
      expect(await colourOf(await findPoster(posters, await library.addItem(name, name)))).toBe('placeholder');
    }
    expect(asked).toBe(2);
    expect(library.logged).toMatchObject([{ level: 40, err: { message: 'unreachable' } }]);
  });
});
