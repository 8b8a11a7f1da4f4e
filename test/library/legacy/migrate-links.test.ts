import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { maxIndexedPathBytes } from '../../../src/base/database/postgresql/max-indexed-path-bytes.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { looseSchema, sha256Of, writeLegacyDatabase } from '../../support/legacy-library.ts';
import { openLegacyService } from '../../support/legacy-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Of chance, since PostgreSQL packs what repeats itself. */
const longPath = (bytes: number) => `/m/${randomBytes(bytes).toString('hex')}`.slice(0, bytes);

describeOnEachDatabase('Links of a legacy database', (open) => {
  it('never go to another tag that has the id of theirs here', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const { prisma } = database;
    const here = [5, 8, 77].map((id) => ({ id, name: `another ${id}` }));
    await prisma.tag.createMany({ data: here });
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    writeLegacyDatabase(legacyDbPath, {
      tags: [
        [5, 'with\0nul'],
        [8, 'mine'],
        [9, 'kept'],
      ],
      models: [
        { id: 1, path: '/m/a.bin', hash_hex: sha256Of('a') },
        { id: 2, path: '/m/b.bin' },
      ],
      modelTags: [5, 8, 9, 77].flatMap((tag) => [[1, tag] as const, [2, tag] as const]),
    });
    const { job, report } = await service.migrate({ legacyDbPath });
    const counts = { found: 4, migrated: 1, alreadyPresent: 0, skipped: 3, errors: 0 };
    expect(report).toMatchObject({ modelTags: counts, pendingModelTags: counts });
    expect((await service.itemErrors(job.id)).sort()).toEqual([
      'INVALID_NAME tags/5',
      ...[1, 2].flatMap((model) => [5, 77, 8].map((tag) => `ORPHAN_TAG_LINK model_tags/${model}-${tag}`)),
      'TAG_ID_TAKEN tags/8',
    ]);
    expect(await prisma.modelTag.findMany()).toEqual([{ sha256: sha256Of('a'), tagId: 9 }]);
    expect(await prisma.pendingModelTag.findMany()).toEqual([{ pendingId: 2, tagId: 9 }]);
  });

  it('of models that cannot be taken over are told about, and the others go on', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    const refused = [
      { id: 1, path: '/m/nul\0.bin' },
      { id: 2, path: 'x'.repeat(5_000) },
      { id: 3, path: 7, hash_hex: sha256Of('a') },
      { id: 'abc', path: '/m/text.bin' },
      { id: 1.5, path: '/m/fraction.bin' },
      { id: Buffer.from('a\0b'), path: '/m/blob.bin' },
      { id: 'y'.repeat(100_000), path: '/m/long.bin', hash_hex: 'z'.repeat(100_000) },
    ];
    writeLegacyDatabase(legacyDbPath, {
      schema: looseSchema,
      tags: [[5, 'kept']],
      models: [...refused, { id: 9, path: '/m/a.bin', hash_hex: sha256Of('a') }, { id: 10, path: '/m/b.bin' }],
      modelTags: [...refused.map(({ id }) => [id, 5] as const), [10, 5]],
    });
    const { job, report } = await service.migrate({ legacyDbPath });
    expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
    expect(report.modelTags).toEqual({ found: 1, migrated: 0, alreadyPresent: 0, skipped: 1, errors: 0 });
    expect(report.pendingModelTags).toEqual({ found: 7, migrated: 1, alreadyPresent: 0, skipped: 6, errors: 0 });
    const errors = await service.itemErrors(job.id);
    expect(errors.filter((error) => error.startsWith('ORPHAN_TAG_LINK'))).toHaveLength(refused.length);
    expect(Math.max(...errors.map((error) => error.length))).toBeLessThan(200);
    expect(await database.prisma.modelTag.count()).toBe(0);
    expect(await database.prisma.pendingModelTag.findMany()).toEqual([{ pendingId: 10, tagId: 5 }]);
  });

  it('of a record whose path is too long to be looked up are told about, and the others go on', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    writeLegacyDatabase(legacyDbPath, {
      tags: [[5, 'kept']],
      models: [
        { id: 1, path: longPath(maxIndexedPathBytes + 1) },
        { id: 2, path: longPath(maxIndexedPathBytes) },
        { id: 3, path: longPath(4_000), hash_hex: sha256Of('a') },
        { id: 4, path: `/old/${longPath(maxIndexedPathBytes - 20)}` },
        { id: 5, path: '/m/b.bin' },
      ],
      modelTags: [1, 2, 3, 4, 5].map((id) => [id, 5] as const),
    });
    const pathMappings = [{ from: '/old', to: '/a/much/longer/folder/than/there/was' }];
    const { job, report } = await service.migrate({ legacyDbPath, pathMappings });
    expect(report).toMatchObject({
      models: { found: 1, migrated: 1 },
      pendingImports: { found: 4, migrated: 2, errors: 2 },
      pendingModelTags: { found: 4, migrated: 2, skipped: 2 },
    });
    expect((await service.itemErrors(job.id)).sort()).toEqual([
      'ORPHAN_TAG_LINK model_tags/1-5',
      'ORPHAN_TAG_LINK model_tags/4-5',
      'PATH_TOO_LONG models/1',
      'PATH_TOO_LONG models/4',
    ]);
  });

  it('of an id that two records have go to the first', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    const twins = [1, 2, 3, 4].flatMap((id) => [
      { id, path: `/m/first-${id}.bin` },
      { id, path: `/m/second-${id}.bin` },
    ]);
    writeLegacyDatabase(legacyDbPath, {
      schema: looseSchema,
      tags: [[5, 'kept']],
      models: twins,
      modelTags: [1, 2, 3, 4].map((id) => [id, 5] as const),
    });
    const { report } = await service.migrate({ legacyDbPath });
    expect(report).toMatchObject({
      pendingImports: { found: 8, migrated: 4, skipped: 0, errors: 4 },
      pendingModelTags: { found: 4, migrated: 4 },
    });
    const taken = await database.prisma.pendingImport.findMany({ orderBy: { id: 'asc' }, select: { path: true } });
    expect(taken).toEqual([1, 2, 3, 4].map((id) => ({ path: `/m/first-${id}.bin` })));
  });

  it('of an id that two tags have go to the first, and the second is told about', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    writeLegacyDatabase(legacyDbPath, {
      schema: looseSchema,
      tags: [
        [5, 'first'],
        [5, 'second'],
      ],
      models: [{ id: 1, path: '/m/a.bin', hash_hex: sha256Of('a') }],
      modelTags: [[1, 5]],
    });
    for (const [migrated, alreadyPresent] of [
      [1, 0],
      [0, 1],
    ]) {
      const { job, report } = await service.migrate({ legacyDbPath });
      expect(report.tags).toEqual({ found: 2, migrated, alreadyPresent, skipped: 0, errors: 1 });
      expect(report.modelTags).toEqual({ found: 1, migrated, alreadyPresent, skipped: 0, errors: 0 });
      expect(await service.itemErrors(job.id)).toEqual(['DUPLICATE_TAG_ID tags/5']);
    }
    expect(await database.prisma.tag.findMany()).toEqual([{ id: 5, name: 'first' }]);
  });
});
