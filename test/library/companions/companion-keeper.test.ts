import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../../src/base/config/media-config.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { createCompanionKeeper } from '../../../src/library/companions/companion-keeper.ts';
import { readUnprobed, storeProbes } from '../../../src/library/metadata/sql/probes.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const dcim = categoryOf({ key: 'dcim' });

function keep(database: Database, categories: CategoryConfig[] = [dcim]) {
  const published: unknown[] = [];
  const log = { error: (details: object) => expect.fail(JSON.stringify(details)) };
  const mediaConfig = { current: () => ({ categories }) as never };
  const events = { publish: (change: unknown) => void published.push(change) };
  return { ...createCompanionKeeper({ database, mediaConfig, events, log }), published };
}

const isFilm = (path: string) => /\.(?:mov|mp4)$/i.test(path);

/** Catalogues files as a scan and the prober would. */
async function add(database: Database, paths: readonly string[], category = dcim, durationSeconds: number | null = 2) {
  await catalogueFiles(
    database,
    category,
    paths.map((relativePath) => ({ relativePath })),
  );
  const items = await readUnprobed(database, 0, 1000);
  await storeProbes(
    database,
    items.map((item) => ({
      id: item.id,
      signature: item.signature,
      width: 1,
      height: 1,
      durationSeconds: isFilm(item.relativePath) ? durationSeconds : null,
      technicalMetadata: {},
      fingerprint: null,
    })),
    new Date(),
  );
  return items;
}

/** `category/path of category/main` of every item that another one is shown for. */
async function companions(database: Database): Promise<string[]> {
  const rows = await database.read(sql`
    SELECT m.root_category AS category, m.relative_path AS path, o.root_category AS main_category, o.relative_path AS main
    FROM media_items AS m LEFT JOIN media_items AS o ON o.id = m.companion_of
    WHERE m.companion_of IS NOT NULL ORDER BY m.relative_path, m.root_category`);
  return rows.map(
    (row) => `${String(row.category)}/${String(row.path)} of ${String(row.main_category)}/${String(row.main)}`,
  );
}

const changes = async (database: Database) => (await database.read(sql`SELECT id FROM companion_changes`)).length;

describeOnEachDatabase('Items that belong together', (open) => {
  it('are found where their headers were read, in their folder alone', async () => {
    const database = await open();
    const keeper = keep(database);
    const paths = ['a/IMG_1.jpg', 'a/IMG_1.mov', 'IMG_1.mov', 'a/b/IMG_1.mov', 'a/IMG_1.x/IMG_1.mov', 'a/IMG_12.jpg'];
    await keeper.settle(await add(database, paths));
    expect(await companions(database)).toEqual(['dcim/a/IMG_1.mov of dcim/a/IMG_1.jpg']);
    expect(keeper.published).toEqual([{ category: 'dcim', updated: [2] }]);
    expect(await keeper.idsOf([2, 1])).toEqual([[], [2]]);
  });

  it('change with what comes, goes and comes back', async () => {
    const database = await open();
    const keeper = keep(database);
    await keeper.settle(await add(database, ['IMG_1.jpg', 'IMG_1.mov']));
    await keeper.settle(await add(database, ['IMG_1.cr2']));
    const all = ['dcim/IMG_1.jpg of dcim/IMG_1.cr2', 'dcim/IMG_1.mov of dcim/IMG_1.cr2'];
    expect(await companions(database)).toEqual(all);
    await moveToStatus(database, 'IMG_1.cr2', 'MISSING');
    await keeper.drain();
    expect(await companions(database)).toEqual(['dcim/IMG_1.mov of dcim/IMG_1.jpg']);
    await moveToStatus(database, 'IMG_1.cr2', 'AVAILABLE');
    await keeper.drain();
    expect(await companions(database)).toEqual(all);
    await database.prisma.mediaItem.delete({ where: { id: 3 } });
    await keeper.drain();
    expect(await companions(database)).toEqual(['dcim/IMG_1.mov of dcim/IMG_1.jpg']);
    await moveToStatus(database, 'IMG_1.mov', 'MISSING');
    await keeper.drain();
    expect(await companions(database)).toEqual([]);
    expect(await changes(database)).toBe(0);
  });

  it('change where one moves, away from some and to others', async () => {
    const database = await open();
    const keeper = keep(database);
    await keeper.settle(await add(database, ['a/IMG_1.cr2', 'a/IMG_1.jpg', 'b/IMG_2.cr2']));
    await database.write(
      sql`UPDATE media_items SET relative_path = 'b/IMG_2.jpg', filename = 'IMG_2.jpg' WHERE id = 2`,
    );
    await keeper.drain();
    expect(await companions(database)).toEqual(['dcim/b/IMG_2.jpg of dcim/b/IMG_2.cr2']);
    await database.write(sql`UPDATE media_items SET title = 'x', updated_at = updated_at, shelf_id = shelf_id`);
    expect(await changes(database)).toBe(0);
  });

  it('are found in categories that see the same folder, each by its own where there is one', async () => {
    const database = await open();
    const films = categoryOf({ key: 'films', mediaType: 'VIDEO', rootPath: '/srv/dcim/Camera' });
    const again = categoryOf({ key: 'again', rootPath: '/srv/dcim' });
    const elsewhere = categoryOf({ key: 'elsewhere', mediaType: 'VIDEO', rootPath: '/srv/dcim2' });
    const keeper = keep(database, [dcim, films, again, elsewhere]);
    const photos = ['Camera/IMG_1.jpg', 'Camera/IMG_1.cr2'];
    await add(database, ['Camera/IMG_1.mov'], elsewhere);
    await add(database, photos, dcim);
    await add(database, photos, again);
    await keeper.settle(await add(database, ['IMG_1.mov'], films));
    const [film, ...jpegs] = (await companions(database)).toReversed();
    expect(film).toMatch(/^films\/IMG_1\.mov of (?:dcim|again)\/Camera\/IMG_1\.cr2$/);
    expect(jpegs).toEqual([
      'dcim/Camera/IMG_1.jpg of dcim/Camera/IMG_1.cr2',
      'again/Camera/IMG_1.jpg of again/Camera/IMG_1.cr2',
    ]);
  });

  it('are looked at in parts where they are many, and left alone where one group is beyond measure', async () => {
    const database = await open();
    const keeper = keep(database);
    const burst = Array.from({ length: 5_000 }, (_, index) => `IMG_1_BURST${index}.jpg`);
    const items = await catalogueFiles(
      database,
      dcim,
      burst.map((relativePath) => ({ relativePath })),
    ).then(() => add(database, ['IMG_2.jpg', 'IMG_2.mov']));
    await keeper.settle([{ rootCategory: 'dcim', relativePath: burst[0] ?? '' }, ...items]);
    expect(await companions(database)).toEqual([]);
    await keeper.settle([
      { rootCategory: 'dcim', relativePath: burst[0] ?? '' },
      { rootCategory: 'dcim', relativePath: 'IMG_2.mov' },
    ]);
    await database.write(sql`UPDATE media_items SET duration_seconds = 2 WHERE filename = 'IMG_2.mov'`);
    await keeper.settle([
      { rootCategory: 'dcim', relativePath: burst[0] ?? '' },
      { rootCategory: 'dcim', relativePath: 'IMG_2.mov' },
    ]);
    expect(await companions(database)).toEqual(['dcim/IMG_2.mov of dcim/IMG_2.jpg']);
  });
});
