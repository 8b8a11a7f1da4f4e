import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultModelImages } from '../../../src/base/config/defaults.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { LostTaskError } from '../../../src/base/errors/domain-error.ts';
import { createImageStore } from '../../../src/library/model-records/image-store.ts';
import { sharedPool } from '../../support/shared-pool.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { sha256Of, writePicture } from '../../support/legacy-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = sha256Of('model');

async function openStore(database: Database, folder: string) {
  return createImageStore({
    database,
    pool: sharedPool,
    folder,
    profile: () => defaultModelImages,
    maxPixels: 120_000_000,
    log: { warn: () => undefined },
  });
}

async function addModel(database: Database): Promise<void> {
  const data = { sha256, path: '/m/a.bin', createdAt: new Date(), meta: {}, searchText: '' };
  await database.prisma.model.create({ data });
}

describeOnEachDatabase('The image store', (open) => {
  it('gives each of many pictures at once a place of its own, in more than one process too', async () => {
    const database = await open();
    await addModel(database);
    const folder = join(await temporaryFolder(), 'images');
    const pictures = await temporaryFolder();
    await writePicture(join(pictures, 'a.png'));
    const other = database.provider === 'postgresql' ? await open() : database;
    const stores = [await openStore(database, folder), await openStore(other, folder)];
    const added = await Promise.all(
      Array.from({ length: 20 }, async (_, n) =>
        stores[n % 2]?.add(sha256, { rootPath: pictures, relativePath: 'a.png' }, `picture ${n}`),
      ),
    );
    expect(added.map((one) => (one?.state === 'new' ? one.seq : -1)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
    const names = (await readdir(folder)).filter((name) => name.endsWith('.webp'));
    expect(names).toHaveLength(60);
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  it('takes one source once, however many ask at once', async () => {
    const database = await open();
    await addModel(database);
    const folder = join(await temporaryFolder(), 'images');
    const pictures = await temporaryFolder();
    await writePicture(join(pictures, 'a.png'));
    const store = await openStore(database, folder);
    const add = () => store.add(sha256, { rootPath: pictures, relativePath: 'a.png' }, 'a.png');
    const states = (await Promise.all([add(), add(), add()])).map(({ state }) => state);
    expect(states.sort()).toEqual(['new', 'taken', 'taken']);
    expect((await readdir(folder)).filter((name) => name.endsWith('.webp'))).toHaveLength(3);
  });

  it('gives a model that is not there no picture, and an unreadable one no place', async () => {
    const database = await open();
    const folder = join(await temporaryFolder(), 'images');
    const pictures = await temporaryFolder();
    await writePicture(join(pictures, 'a.png'));
    await writeFile(join(pictures, 'b.png'), 'none');
    const store = await openStore(database, folder);
    const add = (name: string) => store.add(sha256, { rootPath: pictures, relativePath: name }, name);
    await expect(add('a.png')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await addModel(database);
    expect(await add('b.png')).toMatchObject({ state: 'unreadable', code: 'PICTURE_UNREADABLE', isLasting: true });
    expect(await add('c.png')).toMatchObject({ state: 'unreadable', code: 'FILE_NOT_FOUND_ON_DISK', isLasting: false });
    expect(await add('a.png')).toEqual({ state: 'new', seq: 0 });
  });

  it('tells what the picture is not at fault for', async () => {
    const store = createImageStore({
      database: await open(),
      pool: { run: () => Promise.reject(LostTaskError.becauseOfTime(1_000)) },
      folder: await temporaryFolder(),
      profile: () => defaultModelImages,
      maxPixels: 120_000_000,
      log: { warn: () => undefined },
    });
    const added = await store.add(sha256, { rootPath: '/', relativePath: 'a.png' }, 'a.png');
    expect(added).toMatchObject({ state: 'unreadable', code: 'TASK_LOST', isLasting: false });
  });
});
