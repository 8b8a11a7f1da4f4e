import { expect, it } from 'vitest';
import { sql } from '../../../../src/base/database/sql.ts';
import { markMissing } from '../../../../src/library/scan/sql/mark-missing.ts';
import { mediaItemSelection } from '../../../../src/library/catalogue/sql/media-rows.ts';
import { readCatalogued } from '../../../../src/library/scan/sql/read-catalogued.ts';
import { readShelves } from '../../../../src/library/catalogue/sql/shelves.ts';
import { categoryOf, catalogueFiles } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({
  key: 'photos',
  hierarchyLevels: [
    { name: 'album', key: 'album' },
    { name: 'picture', key: 'picture' },
  ],
});
const longAgo = new Date('2026-01-01T00:00:00.000Z');

describeOnEachDatabase('Storing catalogued files', (open, provider) => {
  it('stores a new file with everything that its name tells', async () => {
    const database = await open();
    await catalogueFiles(
      database,
      photos,
      [{ relativePath: 'Alps/S01E02 summit.jpg', sizeBytes: 5_000_000_000 }],
      longAgo,
    );
    const item = await database.prisma.mediaItem.findFirstOrThrow({ select: mediaItemSelection });
    expect(item).toEqual({
      id: item.id,
      rootCategory: 'photos',
      relativePath: 'Alps/S01E02 summit.jpg',
      filename: 'S01E02 summit.jpg',
      originalFilename: null,
      placeholder: null,
      favourite: false,
      rating: null,
      companionOf: null,
      storageFormat: 'COLLECTION',
      title: 'S01E02 summit',
      description: null,
      signature: 'a',
      sizeBytes: 5_000_000_000n,
      modifiedAt: new Date(1_700_000_000_000),
      mimeType: 'image/jpeg',
      sha256: null,
      width: null,
      height: null,
      durationSeconds: null,
      hierarchy: [
        { name: 'album', value: 'Alps' },
        { name: 'picture', value: 'S01E02 summit' },
      ],
      seasonNumber: 1,
      episodeNumber: 2,
      lastEpisodeNumber: null,
      airedOn: null,
      discNumber: null,
      discSide: null,
      trackNumber: null,
      uploadedBy: null,
      uploadedAt: null,
      technicalMetadata: null,
      capturedAt: null,
      capturedOffset: null,
      capturedSource: null,
      customMetadata: null,
      createdAt: longAgo,
      updatedAt: longAgo,
      lastSeenAt: longAgo,
      missingSince: null,
      deletedAt: null,
      shelf: { category: 'photos', mediaType: 'IMAGE', status: 'AVAILABLE' },
    });
  });

  it('keeps what a person set when the file changes, and drops the hash of the old bytes', async () => {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }], longAgo);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    await database.prisma.mediaItem.update({
      where: { id },
      data: {
        title: 'Mine',
        titleSetByPerson: true,
        description: 'Ours',
        posterPath: 'p.jpg',
        sha256: 'f'.repeat(64),
        probedAt: longAgo,
        updatedAt: longAgo,
        customMetadata: { stars: 5 },
      },
    });
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg', signature: 'b', sizeBytes: 7 }]);
    const item = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id } });
    expect(item).toMatchObject({
      title: 'Mine',
      description: 'Ours',
      posterPath: 'p.jpg',
      customMetadata: { stars: 5 },
      createdAt: longAgo,
      signature: 'b',
      sizeBytes: 7n,
      sha256: null,
      probedAt: null,
    });
  });

  it('was last seen when its row was made, where the last complete scan was earlier', async () => {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }], new Date('2026-01-02'));
    const { id, createdAt } = await database.prisma.mediaItem.findFirstOrThrow();
    await markMissing(database, [id], new Date(), new Date('2026-01-01'));
    expect(await database.prisma.mediaItem.findFirstOrThrow()).toMatchObject({ lastSeenAt: createdAt });
  });

  it('brings a missing item back with its hash when the same file is there again', async () => {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }], longAgo);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    await database.prisma.mediaItem.update({ where: { id }, data: { sha256: 'e'.repeat(64), updatedAt: longAgo } });
    expect(await markMissing(database, [id], new Date(), longAgo)).toEqual([{ id, relativePath: 'a.jpg' }]);
    const missing = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id }, include: { shelf: true } });
    expect(missing).toMatchObject({ shelf: { status: 'MISSING' }, lastSeenAt: longAgo });
    expect(missing.missingSince).toBeInstanceOf(Date);
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }]);
    const item = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id }, include: { shelf: true } });
    expect(item).toMatchObject({ sha256: 'e'.repeat(64), missingSince: null, shelf: { status: 'AVAILABLE' } });
  });

  it('does not mark an item missing that was seen after the scan began, nor one twice', async () => {
    const database = await open();
    const scanBegan = new Date(Date.now() - 1000);
    await catalogueFiles(database, photos, [{ relativePath: 'uploaded meanwhile.jpg' }]);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    expect(await markMissing(database, [id], scanBegan, null)).toEqual([]);
    const later = new Date(Date.now() + 1000);
    expect(await markMissing(database, [id], later, null)).toEqual([{ id, relativePath: 'uploaded meanwhile.jpg' }]);
    expect(await markMissing(database, [id], new Date(Date.now() + 2000), null)).toEqual([]);
  });

  it('marks an item missing that was seen while the clock was ahead', async () => {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }], new Date(Date.now() + 86_400_000));
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    expect(await markMissing(database, [id], new Date(), null)).toEqual([{ id, relativePath: 'a.jpg' }]);
  });

  it('keeps the counts of the shelves in step with adds, changes, losses and removals', async () => {
    const database = await open();
    const files = Array.from({ length: 30 }, (_, index) => ({ relativePath: `${index}.jpg`, sizeBytes: 10 }));
    await catalogueFiles(database, photos, files, longAgo);
    await catalogueFiles(database, photos, [{ relativePath: '0.jpg', sizeBytes: 110, signature: 'b' }], longAgo);
    const items = await database.prisma.mediaItem.findMany({ orderBy: { id: 'asc' } });
    await markMissing(
      database,
      items.slice(10, 15).map(({ id }) => id),
      new Date(),
      null,
    );
    await database.prisma.mediaItem.deleteMany({ where: { id: { in: items.slice(20).map(({ id }) => id) } } });
    const shelves = await readShelves(database);
    expect(shelves.map(({ status, itemCount, sizeBytes }) => ({ status, itemCount, sizeBytes }))).toEqual([
      { status: 'AVAILABLE', itemCount: 15, sizeBytes: 250 },
      { status: 'MISSING', itemCount: 5, sizeBytes: 50 },
      { status: 'DELETED', itemCount: 0, sizeBytes: 0 },
    ]);
  });

  it('reads what is catalogued in the byte order of the paths, over several pages', async () => {
    const database = await open();
    const names = [
      'a-b',
      'a/b',
      'a',
      'Z',
      'é',
      '\u{1F600}',
      '\uFFFD',
      'z',
      ...Array.from({ length: 4100 }, (_, n) => `n${n}`),
    ];
    await catalogueFiles(
      database,
      photos,
      names.map((relativePath) => ({ relativePath })),
    );
    const read: string[] = [];
    for await (const page of readCatalogued(database, 'photos')) read.push(...page.map((row) => row.relativePath));
    expect(read).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });

  it('describes an indexed file anew any number of times before the index and the copies follow', async () => {
    const database = await open();
    const files = ['a.jpg', 'b.jpg'].map((relativePath) => ({ relativePath }));
    await catalogueFiles(database, photos, files, longAgo);
    if (provider === 'sqlite') await database.write(sql`UPDATE media_search_state SET indexed_up_to = 1000`);
    await database.prisma.mediaItem.updateMany({ data: { sha256: 'a'.repeat(64) } });
    for (const text of ['alps', 'beach', 'cliff']) {
      await catalogueFiles(database, photos, files, longAgo);
      await database.write(sql`UPDATE media_items SET search_text = ${text}`);
    }
    expect(await database.prisma.mediaItem.count({ where: { searchText: 'cliff' } })).toBe(2);
  });

  it.runIf(provider === 'sqlite')(
    'leaves no conflict in a trigger to a policy, which that of an upsert would replace',
    async () => {
      const database = await open();
      const triggers = await database.read(sql`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`);
      expect(triggers.length).toBeGreaterThan(10);
      expect(triggers.filter((trigger) => /\bOR (?:IGNORE|REPLACE)\b/i.test(String(trigger.sql)))).toEqual([]);
    },
  );
});
