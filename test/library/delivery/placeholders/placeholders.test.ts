import { thumbHashToAverageRGBA } from 'thumbhash';
import { expect, it, vi } from 'vitest';
import { LostTaskError } from '../../../../src/base/errors/domain-error.ts';
import { makePlaceholders } from '../../../../src/library/delivery/placeholders/make-placeholders.task.ts';
import {
  createPlaceholders,
  type PlaceholderPool,
} from '../../../../src/library/delivery/placeholders/placeholders.ts';
import { countWaiting, readWaiting } from '../../../../src/library/delivery/placeholders/sql/waiting-items.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';
import { plainPicture } from '../posters/poster-library.ts';

const photos = categoryOf({ key: 'photos' });
const realPool: PlaceholderPool = { run: (_name, input) => makePlaceholders(input) };
const item = { id: 1, signature: 'a', placeholder: null };

describeOnEachDatabase('placeholders', (open) => {
  async function openWith(pool: PlaceholderPool = realPool) {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }, { relativePath: 'b.jpg' }]);
    const log = { error: vi.fn<() => void>(), warn: vi.fn<() => void>() };
    const placeholders = createPlaceholders({ database, pool, log });
    const stored = async (id = 1) => (await database.prisma.mediaItem.findUniqueOrThrow({ where: { id } })).placeholder;
    return { database, placeholders, stored, log };
  }

  it('are made of thumbnails, and change neither the item nor its time', async () => {
    const { database, placeholders, stored } = await openWith();
    const before = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id: 1 } });
    placeholders.note(item, await plainPicture('red', { format: 'webp', width: 320, height: 213 }), true);
    await placeholders.drain();
    const bytes = Buffer.from((await stored()) ?? '', 'base64');
    expect(bytes.length).toBeLessThan(30);
    const { r, g } = thumbHashToAverageRGBA(bytes);
    expect([r > 0.7, g < 0.3]).toEqual([true, true]);
    const after = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id: 1 } });
    expect(after).toEqual({ ...before, placeholder: bytes.toString('base64') });
    expect(await stored(2)).toBeNull();
  });

  it('are made anew of a picture that is new, and of no other', async () => {
    const { placeholders, stored } = await openWith();
    placeholders.note(item, await plainPicture('red', { format: 'webp' }), true);
    await placeholders.drain();
    const red = await stored();
    const known = { ...item, placeholder: red };
    placeholders.note(known, await plainPicture('blue', { format: 'webp' }), false);
    await placeholders.drain();
    expect(await stored()).toBe(red);
    placeholders.note(known, await plainPicture('blue', { format: 'webp' }), true);
    await placeholders.drain();
    expect(await stored()).not.toBe(red);
  });

  it('go when the file changes, and are never those of an earlier file', async () => {
    const { database, placeholders, stored } = await openWith();
    placeholders.note(item, await plainPicture('red', { format: 'webp' }), true);
    await placeholders.drain();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }]);
    expect(await stored()).not.toBeNull();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg', signature: 'b' }]);
    expect(await stored()).toBeNull();
    placeholders.note(item, await plainPicture('red', { format: 'webp' }), true);
    await placeholders.drain();
    expect(await stored()).toBeNull();
  });

  it('are left out for what makes none, and whoever waits is not kept', async () => {
    const { placeholders, stored, log } = await openWith();
    placeholders.note(item, Buffer.from('no picture'), true);
    placeholders.note({ ...item, id: 2 }, await plainPicture('green', { format: 'webp' }), true);
    await placeholders.drain();
    expect([await stored(), await stored(2)]).toEqual([null, expect.any(String)]);
    const lost = await openWith({ run: () => Promise.reject(LostTaskError.becauseWorkerEnded('x')) });
    lost.placeholders.note(item, await plainPicture('green', { format: 'webp' }), true);
    await lost.placeholders.drain();
    expect([await stored(), lost.log.warn.mock.calls.length, log.warn.mock.calls.length]).toEqual([null, 1, 0]);
  });

  it('say that there is no picture, until there is one', async () => {
    const { placeholders, stored } = await openWith();
    await placeholders.noteNone(item);
    expect(await stored()).toBe('');
    placeholders.note({ ...item, placeholder: '' }, await plainPicture('green', { format: 'webp' }), true);
    await placeholders.drain();
    const made = await stored();
    expect(made).toMatch(/^[\w+/]{20,}=*$/);
    await placeholders.noteNone({ ...item, placeholder: made });
    expect(await stored()).toBe(made);
  });

  it('are wanted of what is available, the newest first', async () => {
    const { database, placeholders } = await openWith();
    await catalogueFiles(
      database,
      photos,
      ['c', 'd', 'e'].map((name) => ({ relativePath: `${name}.jpg` })),
    );
    await placeholders.noteNone({ ...item, id: 2 });
    expect([await countWaiting(database), await readWaiting(database, 5, 2)]).toEqual([4, [4, 3]]);
    await moveToStatus(database, 'd.jpg', 'DELETED');
    await moveToStatus(database, 'e.jpg', 'MISSING');
    expect([await countWaiting(database), await readWaiting(database, 9, 9)]).toEqual([2, [3, 1]]);
  });
});
