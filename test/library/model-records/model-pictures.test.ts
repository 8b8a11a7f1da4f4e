import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sql } from '../../../src/base/database/sql.ts';
import { removeImage } from '../../../src/library/model-records/sql/arrange-images.ts';
import { takeImageNumber } from '../../../src/library/model-records/sql/model-images.ts';
import { createModelPictures } from '../../../src/library/model-records/model-pictures.ts';
import { createModels } from '../../../src/library/model-records/models.ts';
import { createStoredImages } from '../../../src/library/model-records/stored-images.ts';
import { pictureQualities } from '../../../src/library/model-records/picture-tiers.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = 'a'.repeat(64);
const dayMs = 24 * 60 * 60 * 1000;
const fileOf = (seq: number) => `${sha256}_${seq}_low.webp`;

describeOnEachDatabase('The pictures of a model', (open) => {
  async function openThree() {
    const database = await open();
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    const record = { sha256, path: '/m/a', createdAt: new Date(0), meta: {}, searchText: '' };
    await database.prisma.model.create({ data: record });
    const add = (source: string) => database.transaction((transaction) => takeImageNumber(transaction, sha256, source));
    for (const source of ['a', 'b', 'c']) await add(source);
    for (const seq of [0, 1, 2]) {
      for (const quality of pictureQualities) await writeFile(join(folder, `${sha256}_${seq}_${quality}.webp`), 'x');
    }
    const clock = { ms: Date.now() };
    const logged: unknown[] = [];
    const log = { warn: (fields: unknown) => logged.push(fields) };
    const pictures = createModelPictures({ database, folder, log, now: () => new Date(clock.ms) });
    const models = createModels({ database });
    const seqs = async () => (await models.imagesOfModels([sha256]))[0]?.map(({ seq }) => seq);
    const images = createStoredImages({ database, folder });
    const files = async () => (await readdir(folder)).filter((name) => name.endsWith('_low.webp')).toSorted();
    return { database, pictures, clock, seqs, add, images, files, logged };
  }

  it('come in the order that a person gives them, under the same addresses; new ones come last', async () => {
    const { pictures, seqs, add, images, database } = await openThree();
    expect(await images.find(`${sha256}.webp`, 'low')).toMatchObject({ filename: fileOf(0), isImmutable: true });
    await pictures.order(sha256, [2, 0, 1]);
    expect(await seqs()).toEqual([2, 0, 1]);
    expect(await images.find(`${sha256}.webp`, 'low')).toMatchObject({ filename: fileOf(2), isImmutable: false });
    expect(await images.find(fileOf(0), undefined)).toMatchObject({ filename: fileOf(0), isImmutable: true });
    expect(await add('d')).toEqual({ state: 'new', seq: 3 });
    expect(await seqs()).toEqual([2, 0, 1, 3]);
    const [model] = await createModels({ database }).findMany([sha256]);
    expect(model?.updatedAt).toBeInstanceOf(Date);
    for (const wrong of [[], [0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 3, 3], [0, 1, 2, 9]]) {
      await expect(pictures.order(sha256, wrong)).rejects.toThrow(
        'each picture of the model exactly once: they are 2, 0, 1, 3.',
      );
    }
    await expect(pictures.order('b'.repeat(64), [])).rejects.toThrow('no model record');
  });

  it('are gone at once for clients, and their files a day later; neither number nor source comes again', async () => {
    const { pictures, clock, seqs, add, images, files } = await openThree();
    await pictures.remove(sha256, 2);
    expect(await seqs()).toEqual([0, 1]);
    await expect(images.find(fileOf(2), undefined)).rejects.toThrow('no picture');
    await expect(pictures.remove(sha256, 2)).rejects.toThrow('no picture');
    await expect(pictures.remove('b'.repeat(64), 0)).rejects.toThrow('no model record');
    expect(await add('c')).toEqual({ state: 'taken' });
    expect(await add('d')).toEqual({ state: 'new', seq: 3 });
    clock.ms += dayMs - 1;
    await pictures.resume();
    expect(await files()).toEqual([fileOf(0), fileOf(1), fileOf(2)]);
    clock.ms += 2;
    await pictures.resume();
    expect(await files()).toEqual([fileOf(0), fileOf(1)]);
    await pictures.remove(sha256, 0);
    expect(await images.find(`${sha256}.webp`, 'low')).toMatchObject({ filename: fileOf(1), isImmutable: false });
  });

  it('leave files that a kill kept from being removed to the next start, and count them as removed once', async () => {
    const { database, pictures, clock, files } = await openThree();
    for (const seq of [0, 1]) {
      await database.transaction((transaction) => removeImage(transaction, { sha256, seq }, new Date(clock.ms)));
    }
    clock.ms += dayMs + 1;
    await pictures.resume();
    expect(await files()).toEqual([fileOf(2)]);
    const [row] = await database.read(sql`SELECT count(*) AS gone FROM model_images WHERE NOT has_files`);
    expect(Number(row?.gone)).toBe(2);
  });
});
