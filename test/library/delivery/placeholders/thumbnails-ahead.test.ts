import { expect, it, vi } from 'vitest';
import { createPlaceholders } from '../../../../src/library/delivery/placeholders/placeholders.ts';
import { createThumbnailsAhead } from '../../../../src/library/delivery/placeholders/thumbnails-ahead.ts';
import type { PicturedItem } from '../../../../src/library/delivery/posters/pictured-item.ts';
import type { Poster } from '../../../../src/library/delivery/posters/posters.ts';
import { catalogueFiles, categoryOf } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });

const hasFailed = ({ relativePath }: { relativePath: string }) => relativePath === 'later.mp3';

/** A hash of no picture, as the tests look at no pixels. */
const madeOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describeOnEachDatabase('thumbnails that are made ahead', (open) => {
  async function openWith(names: readonly string[]) {
    const database = await open();
    await catalogueFiles(
      database,
      photos,
      names.map((name) => ({ relativePath: name })),
    );
    const log = { error: vi.fn<() => void>(), warn: vi.fn<() => void>(), info: vi.fn<() => void>() };
    const asked: string[] = [];
    const world = { isBusy: false, areWorkersBusy: false, isCacheFull: false, offline: 'none' };
    const placeholders = createPlaceholders({
      database,
      log,
      pool: { run: async (_name, { pictures }) => pictures.map(madeOf) },
    });
    const ahead = createThumbnailsAhead({
      database,
      placeholders,
      log,
      size: 'medium',
      async findItem(id) {
        const row = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id } });
        return {
          ...row,
          status: 'AVAILABLE',
          mediaType: 'IMAGE',
          category: 'photos',
          rootPath: '/',
          copypartyPath: '/',
        } satisfies PicturedItem;
      },
      isOnline: async ({ relativePath }) => relativePath !== world.offline,
      areWorkersBusy: () => world.areWorkersBusy,
      posters: {
        isBusy: () => world.isBusy,
        isCacheFull: async () => world.isCacheFull,
        async find(item, { purpose, size }) {
          asked.push(`${item.relativePath} ${purpose} ${size}`);
          if (item.relativePath === 'broken.jpg') throw new Error('it fails');
          const bytes = Buffer.from(item.relativePath);
          const isDrawn = item.relativePath.endsWith('.mp3');
          if (!isDrawn) placeholders.note(item, bytes, true);
          return {
            bytes,
            etag: '',
            modifiedAt: new Date(0),
            isVersioned: true,
            isDrawn,
            hasFailed: hasFailed(item),
          } satisfies Poster;
        },
      },
    });
    const stored = async () =>
      (await database.prisma.mediaItem.findMany({ orderBy: { id: 'asc' } })).map(({ placeholder }) => placeholder);
    return { ahead, asked, world, stored, log, database };
  }

  it('are those of all that has none, the newest first, each once', async () => {
    const { ahead, asked, stored } = await openWith(['a.jpg', 'song.mp3', 'c.jpg']);
    await ahead.drain();
    expect(asked).toEqual(['c.jpg thumbnail medium', 'song.mp3 thumbnail medium', 'a.jpg thumbnail medium']);
    expect(await stored()).toEqual([madeOf(Buffer.from('a.jpg')), '', madeOf(Buffer.from('c.jpg'))]);
    expect(await ahead.progress()).toEqual({ size: 'medium', state: 'IDLE', madeCount: 2, leftCount: 0 });
    await ahead.drain();
    expect(asked).toHaveLength(3);
  });

  it('wait for whoever waits for a picture, and for all other work', async () => {
    const { ahead, asked, world } = await openWith(['a.jpg', 'b.jpg']);
    world.isBusy = true;
    const drained = ahead.drain();
    await expect.poll(async () => (await ahead.progress()).state).toBe('WAITING');
    Object.assign(world, { isBusy: false, areWorkersBusy: true });
    expect([asked, (await ahead.progress()).leftCount]).toEqual([[], 2]);
    world.areWorkersBusy = false;
    await drained;
    expect(asked).toHaveLength(2);
  });

  it('stop where they would drive others out of the cache, and when the service ends', async () => {
    const { ahead, asked, world, log } = await openWith(['a.jpg']);
    world.isCacheFull = true;
    await ahead.drain();
    await ahead.drain();
    expect([asked, (await ahead.progress()).state, log.info.mock.calls.length]).toEqual([[], 'CACHE_FULL', 1]);
    Object.assign(world, { isCacheFull: false, isBusy: true });
    ahead.wake();
    await expect.poll(async () => (await ahead.progress()).state).toBe('WAITING');
    await ahead.close();
    expect(asked).toEqual([]);
  });

  it('go on after a restart, past what fails or is away, which is tried again', async () => {
    const { ahead, asked, world, stored, log } = await openWith(['away.jpg', 'broken.jpg', 'later.mp3', 'c.jpg']);
    world.offline = 'away.jpg';
    await ahead.drain();
    expect(asked.map((text) => text.split(' ')[0])).toEqual(['c.jpg', 'later.mp3', 'broken.jpg']);
    expect([await stored(), log.warn.mock.calls.length]).toEqual([[null, null, null, expect.any(String)], 1]);
    expect(await ahead.progress()).toMatchObject({ madeCount: 1, leftCount: 3 });
    world.offline = 'none';
    await ahead.drain();
    expect(asked.slice(3).map((text) => text.split(' ')[0])).toEqual(['later.mp3', 'broken.jpg', 'away.jpg']);
  });
});
