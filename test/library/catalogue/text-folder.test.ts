import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { createTextFolder } from '../../../src/library/catalogue/text-folder.ts';
import { foldModels, foldPendingImports } from '../../../src/library/model-records/sql/fold-records.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const films = categoryOf({ key: 'films', mediaType: 'VIDEO', storageFormat: 'SERIES' });
const others = { models: foldModels, pending_import: foldPendingImports };
const log = pino({ level: 'silent' });
const folded = {
  titleKey: true,
  searchText: true,
  pathOrder: true,
  hierarchyOrder: true,
  factText: true,
} as const;

describeOnEachDatabase('Folding the texts of an earlier version', (open) => {
  it('gives all rows what a scan would give them, once, and goes on where it ended', async () => {
    const database = await open();
    // More than two steps take.
    const files = Array.from({ length: 450 }, (_, index) => ({ relativePath: `Äpfel/S01E${index} Straße.mkv` }));
    await catalogueFiles(database, films, files);
    const asStored = await readItems(database);
    await database.prisma.mediaItem.updateMany({
      data: { titleKey: 'old', searchText: 'old', pathOrder: '', hierarchyOrder: null, updatedAt: new Date(0) },
    });
    const record = { path: '/m/Dvořák.bin', legacyPath: '', createdAt: new Date(), meta: {}, searchText: 'old' };
    await database.prisma.model.create({ data: { ...record, sha256: 'ab'.repeat(32), name: 'Ω' } });
    await database.prisma.pendingImport.create({ data: { ...record, id: 7, stem: 'Dvořák' } });

    // What is closed ends after its step.
    const first = createTextFolder({ database, log, others });
    const begun = first.drain();
    await first.close();
    await begun;
    expect(await database.prisma.mediaItem.count({ where: { titleKey: 'old' } })).toBe(250);

    await createTextFolder({ database, log, others }).drain();
    expect(await readItems(database)).toEqual(asStored);
    const model = await database.prisma.model.findFirstOrThrow();
    expect(model.searchText).toBe('ω\n/m/dvorak.bin');
    const pending = await database.prisma.pendingImport.findFirstOrThrow();
    expect(pending.searchText).toBe('\n/m/dvorak.bin');

    await database.prisma.mediaItem.updateMany({ data: { titleKey: 'kept', updatedAt: new Date(0) } });
    await createTextFolder({ database, log, others }).drain();
    expect(await database.prisma.mediaItem.count({ where: { titleKey: 'kept' } })).toBe(450);
  });

  it('takes the words of files from the facts that are stored', async () => {
    const database = await open();
    await catalogueFiles(database, films, [{ relativePath: 'a.mkv' }]);
    const facts = { keywords: ['Ölberg', 'Ölberg'], music: { artist: 'Röyksopp', hasLyrics: false }, rating: 5 };
    await database.prisma.mediaItem.updateMany({ data: { facts, updatedAt: new Date(0) } });
    await createTextFolder({ database, log, others }).drain();
    expect((await readItems(database))[0]?.factText).toBe('royksopp\nolberg');
  });
});

function readItems(database: Database) {
  return database.prisma.mediaItem.findMany({ select: folded, orderBy: { id: 'asc' } });
}
