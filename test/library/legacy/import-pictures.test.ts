import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { promotePending } from '../../../src/library/legacy/promote-pending.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../../support/legacy-library.ts';
import { openLegacyService } from '../../support/legacy-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = sha256Of('content');

/** Pending imports, each with these pictures. */
async function writePending(count: number, pictures: readonly string[]) {
  const folder = await temporaryFolder();
  for (const name of ['one.png', 'two.png', 'other.png']) await writePicture(join(folder, 'media', name));
  const legacyDbPath = join(folder, 'legacy.sqlite3');
  const models = Array.from({ length: count }, (_, n) => ({
    id: n + 1,
    path: `/m/${n + 1}.bin`,
    extra_json: extraWith(pictures),
  }));
  writeLegacyDatabase(legacyDbPath, { models });
  return { legacyDbPath, legacyImagesDir: join(folder, 'media') };
}

describeOnEachDatabase('Pictures of pending imports', (open) => {
  it.each(['one.png', 'two.png'])('follow a record that is promoted while %s is copied', async (during) => {
    const database = await open();
    const service = await openLegacyService(database);
    const request = await writePending(1, ['one.png', 'two.png']);
    const keepPending = service.images.keepPending.bind(service.images);
    vi.spyOn(service.images, 'keepPending').mockImplementation(async (name, picture) => {
      await keepPending(name, picture);
      if (picture.relativePath !== during) return;
      await promotePending(database, ['/m/1.bin'], { sha256, sizeBytes: 7 }, 'REPORT');
    });
    const { job, report } = await service.migrate(request);
    expect(job.status).toBe('SUCCEEDED');
    expect(report.pendingImages).toEqual({ found: 2, migrated: 2, alreadyPresent: 0, skipped: 0, errors: 0 });
    const images = await database.prisma.modelImage.findMany();
    const moves = await database.prisma.pictureMove.findMany();
    expect([...images, ...moves].map(({ source }) => source).sort()).toEqual(['one.png', 'two.png']);
    // What is left in the folder is what a note says of it.
    expect(await readdir(service.images.pendingFolder)).toEqual(moves.map(({ name }) => name));
  });

  it('are not made any more once a cancelled migration has ended', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const request = await writePending(30, ['one.png']);
    const keepPending = service.images.keepPending.bind(service.images);
    let calls = 0;
    let underway = 0;
    vi.spyOn(service.images, 'keepPending').mockImplementation(async (name, picture) => {
      calls += 1;
      underway += 1;
      if (calls === 1) await service.jobs.cancel(job.id);
      else await sleep(200);
      await keepPending(name, picture);
      underway -= 1;
    });
    const job = await service.migration.start(request);
    const { status } = await service.jobs.waitFor(job.id);
    const callsAtEnd = calls;
    expect({ status, underway }).toEqual({ status: 'CANCELLED', underway: 0 });
    await sleep(500);
    expect(calls).toBe(callsAtEnd);
    expect(calls).toBeLessThan(30);
  });

  it('get another place where the list has changed since an earlier run', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const request = await writePending(1, ['one.png', 'two.png']);
    await service.migrate(request);
    const legacy = new SqliteDatabase(request.legacyDbPath);
    legacy.prepare('UPDATE models SET extra_json = ?').run(extraWith(['two.png', 'other.png']));
    legacy.close();
    const { job, report } = await service.migrate(request);
    expect(job.status).toBe('SUCCEEDED');
    expect(report.pendingImages).toMatchObject({ found: 2, migrated: 1, alreadyPresent: 1 });
    const images = await database.prisma.pendingImage.findMany({ orderBy: { seq: 'asc' } });
    expect(images.map(({ seq, source }) => `${seq} ${source}`)).toEqual(['0 one.png', '1 two.png', '2 other.png']);
    expect((await readdir(service.images.pendingFolder)).sort()).toEqual(images.map(({ name }) => name));
  });
});
