import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { filmFixture, halvesOf } from '../../../base/films/film-fixture.ts';
import { embedCover } from './embed-cover.ts';
import { colourOf, createPosterLibrary, findPoster, plainPicture, type PosterLibrary } from './poster-library.ts';

let library: PosterLibrary;
let film: Buffer;

beforeEach(async () => {
  library = await createPosterLibrary();
  film = await readFile(filmFixture('films/dark-beginning.mp4'));
});

describe('the poster of a film', () => {
  it('is a frame that shows something, in both sizes, made once', async () => {
    const item = await library.addItem('film.mp4', film);
    const posters = library.open();
    const poster = await findPoster(posters, item);
    expect(await halvesOf(poster.bytes)).toEqual(['red', 'blue']);
    expect(poster.isVersioned).toBe(true);
    const thumbnail = await findPoster(posters, item, { purpose: 'thumbnail', size: 'small' });
    expect(await halvesOf(thumbnail.bytes)).toEqual(['red', 'blue']);
    expect(await findPoster(library.open(), item)).toEqual(poster);
    expect(library.rendered).toEqual(['cover', 'frame', 'cover', 'frame', 'cover']);
  });

  it('is the artwork beside it or inside it, where there is any', async () => {
    const item = await library.addItem('film.mp4', film);
    await library.write('poster.jpg', await plainPicture('green'));
    expect(await colourOf(await findPoster(library.open(), item))).toBe('green');
    const covered = await library.addItem('clips/clip.mp4', embedCover(await plainPicture('yellow')));
    expect(await colourOf(await findPoster(library.open(), covered))).toBe('yellow');
    expect(library.rendered).not.toContain('frame');
  });

  it('is another when the file is another', async () => {
    const item = await library.addItem('film.mp4', film);
    const posters = library.open();
    const before = await findPoster(posters, item);
    const changed = await library.addItem('film.mp4', await readFile(filmFixture('video/the-long-tide.mp4')));
    expect((await findPoster(posters, { ...changed, id: item.id })).etag).not.toBe(before.etag);
  });

  it('is a placeholder where nothing decodes it, and is not tried again for a while', async () => {
    const item = await library.addItem('film.mp4', film);
    const posters = library.open({ ffmpegPath: '/nowhere/ffmpeg' });
    for (const _ of [1, 2]) expect(await colourOf(await findPoster(posters, item))).toBe('placeholder');
    expect(library.rendered).toEqual(['cover', 'frame', 'drawing']);
  });

  it('is none of a song', async () => {
    const item = await library.addItem('film.mp4', film, { mediaType: 'AUDIO' });
    expect(await colourOf(await findPoster(library.open(), item))).toBe('placeholder');
    expect(library.rendered).toEqual(['cover', 'drawing']);
  });
});
