import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { readUnprobed, storeProbes } from '../../../src/library/metadata/sql/probes.ts';
import { categoryOf, catalogueFiles } from '../../support/catalogued-files.ts';
import { compiledPath } from '../../support/compile-sources.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

describeOnEachDatabase('The database', (open, provider) => {
  it('applies its migrations once and records them as `prisma migrate` would', async () => {
    const database = await open();
    const again = await openDatabase(open.url());
    const rows = await again.read(
      sql`SELECT migration_name, finished_at FROM _prisma_migrations ORDER BY migration_name`,
    );
    await again.close();
    expect(rows.map((row) => row.migration_name)).toEqual([
      '0001_catalogue_and_jobs',
      '0002_counts_and_search',
      '0003_uploads',
      '0004_models_and_imports',
      '0005_image_proxies',
      '0006_access',
      '0007_trusted_scans',
      '0008_deletion_lines',
      '0009_scanned_folders',
      '0010_settled_paths',
      '0011_pictures_read_again',
      '0012_facts',
      '0013_companions',
      '0014_order_search_and_words',
      '0015_placeholders',
      '0016_names',
      '0017_timeline',
      '0018_facets_and_folders',
      '0019_duplicates_and_albums',
      '0020_model_words',
      '0021_items_of_folders',
      '0022_shared_hashes',
      '0024_wrong_tokens',
    ]);
    expect(rows.every((row) => row.finished_at !== null)).toBe(true);
    expect(database.provider).toBe(provider);
  });

  it('keeps a write from elsewhere when a transaction that was open meanwhile rolls back', async () => {
    const { prisma } = await open();
    const doomed = prisma.$transaction(async (transaction) => {
      await transaction.systemSetting.create({ data: { key: 'inside', value: 1 } });
      await setTimeout(50);
      throw new Error('roll back');
    });
    await setTimeout(10);
    const outside = prisma.systemSetting.create({ data: { key: 'outside', value: 2 } });
    await expect(doomed).rejects.toThrow('roll back');
    await outside;
    const keys = await prisma.systemSetting.findMany({ select: { key: true } });
    expect(keys).toEqual([{ key: 'outside' }]);
  });

  it('lets another process write while this one does', async () => {
    const { prisma } = await open();
    const program = compiledPath(new URL('write-settings-process.ts', import.meta.url));
    const child = fork(program, [open.url(), 'child', '40']);
    const ended = once(child, 'exit');
    await once(child, 'message');
    for (let index = 0; index < 40; index++) {
      await prisma.$transaction(async (transaction) => {
        await transaction.systemSetting.findMany();
        await transaction.systemSetting.create({ data: { key: `parent ${index}`, value: index } });
      });
    }
    expect(await ended).toEqual([0, null]);
    expect(await prisma.systemSetting.count()).toBe(80);
  });

  it('gives out items that wait for their headers, and takes the answer only for the file that was read', async () => {
    const database = await open();
    await catalogueFiles(database, categoryOf({ key: 'photos' }), [
      { relativePath: 'a.jpg' },
      { relativePath: 'b.jpg' },
    ]);
    const [a, b] = await readUnprobed(database, 0, 10);
    expect(await readUnprobed(database, a!.id, 10)).toEqual([b]);
    const facts = {
      width: 4,
      height: 3,
      durationSeconds: 1.5,
      technicalMetadata: { format: 'jpeg' },
      fingerprint: 'f',
    };
    await storeProbes(
      database,
      [
        { id: a!.id, signature: a!.signature, ...facts },
        { id: b!.id, signature: 'changed', ...facts },
      ],
      new Date(),
    );
    expect(await readUnprobed(database, 0, 10)).toEqual([b]);
    expect(await database.prisma.mediaItem.findUnique({ where: { id: a!.id } })).toMatchObject(facts);
  });

  it('enforces foreign keys', async () => {
    const { prisma } = await open();
    await expect(prisma.jobLock.create({ data: { name: 'scan:photos', jobId: 'nobody' } })).rejects.toThrow(
      /oreign key/,
    );
  });
});

it('has the same tables, by the same migrations, for both providers', async () => {
  const models = await readFile('prisma/schema.prisma', 'utf8');
  expect(await readFile('prisma/migrations/sqlite/schema.prisma', 'utf8')).toBe(models);
  const postgresql = await readFile('prisma/migrations/postgresql/schema.prisma', 'utf8');
  expect(postgresql.slice(postgresql.indexOf('/// Where'))).toBe(models.slice(models.indexOf('/// Where')));
});
