import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import type { ConflictStrategy } from '../../../src/library/hashing/pending-records.ts';
import { createPictureMoves } from '../../../src/library/legacy/picture-moves.ts';
import { promotePending } from '../../../src/library/legacy/promote-pending.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../../support/legacy-library.ts';
import { openLegacyService, type LegacyService } from '../../support/legacy-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = sha256Of('content');
const facts = { sha256, sizeBytes: 7 };

/** A pending import with two tags and two pictures, and where asked a model with the same hash, a tag and a picture. */
async function openStage2(database: Database, { isTaken = false } = {}) {
  const service = await openLegacyService(database);
  const folder = await temporaryFolder();
  for (const name of ['one.png', 'two.png', 'other.png']) await writePicture(join(folder, 'media', name));
  const path = join(folder, 'legacy.sqlite3');
  const other = { id: 2, path: '/m/other.bin', name: 'Other', hash_hex: sha256, extra_json: extraWith(['other.png']) };
  writeLegacyDatabase(path, {
    tags: [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ],
    models: [
      { id: 1, path: '/m/pending.bin', name: 'Pending', extra_json: extraWith(['one.png', 'two.png']) },
      ...(isTaken ? [other] : []),
    ],
    modelTags: [[1, 1], [1, 2], ...(isTaken ? [[2, 2] as const, [2, 3] as const] : [])],
  });
  const request = { legacyDbPath: path, legacyImagesDir: join(folder, 'media') };
  await service.migrate(request);
  return { service, request };
}

function createMoves(database: Database, service: Pick<LegacyService, 'images'>) {
  const warnings: unknown[] = [];
  const log = { error: (fields: unknown) => warnings.push(fields), warn: (fields: unknown) => warnings.push(fields) };
  return { moves: createPictureMoves({ database, images: service.images, log }), warnings };
}

async function state(database: Database, { dataDir }: LegacyService) {
  const { prisma } = database;
  const model = await prisma.model.findUnique({
    where: { sha256 },
    select: {
      name: true,
      path: true,
      sizeBytes: true,
      tags: { orderBy: { tagId: 'asc' } },
      images: { orderBy: { seq: 'asc' } },
    },
  });
  const stored = (await readdir(join(dataDir, 'images'))).filter((name) => name.endsWith('.webp'));
  return {
    name: model?.name,
    path: model?.path,
    sizeBytes: model?.sizeBytes,
    tags: model?.tags.map(({ tagId }) => tagId),
    images: model?.images.map(({ seq, source }) => `${seq} ${source}`),
    tiers: stored.length,
    pendingFiles: (await readdir(join(dataDir, 'images', 'pending'))).sort(),
    pending: await prisma.pendingImport.count(),
    pendingTags: await prisma.pendingModelTag.count(),
    moves: await prisma.pictureMove.count(),
  };
}

const promoted = {
  name: 'Pending',
  path: '/m/pending.bin',
  sizeBytes: 7n,
  tags: [1, 2],
  images: ['0 one.png', '1 two.png'],
  tiers: 6,
  pendingFiles: [],
  pending: 0,
  pendingTags: 0,
  moves: 0,
};

describeOnEachDatabase('Stage 2', (open) => {
  it('makes the model record with tags and pictures, and the pending record goes', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    const { moves } = createMoves(database, service);
    expect(await promotePending(database, ['/m/pending.bin'], facts, 'REPORT')).toEqual({
      outcome: 'MIGRATED',
      pendingId: 1,
    });
    await moves.drain();
    expect(await state(database, service)).toEqual(promoted);
  });

  it.each<[ConflictStrategy, string, object]>([
    ['REPORT', 'CONFLICT', {}],
    ['IGNORE', 'IGNORED', {}],
    ['DELETE', 'DELETED', { pending: 0, pendingTags: 0, pendingFiles: [] }],
    [
      'MERGE',
      'MIGRATED',
      {
        tags: [1, 2, 3],
        images: ['0 other.png', '1 one.png', '2 two.png'],
        tiers: 9,
        pending: 0,
        pendingTags: 0,
        pendingFiles: [],
      },
    ],
    [
      'OVERRIDE',
      'MIGRATED',
      {
        name: 'Pending',
        path: '/m/pending.bin',
        sizeBytes: 7n,
        tags: [1, 2, 3],
        images: ['0 other.png', '1 one.png', '2 two.png'],
        tiers: 9,
        pending: 0,
        pendingTags: 0,
        pendingFiles: [],
      },
    ],
  ])('on a hash that exists already does as told: %s', async (strategy, outcome, changes) => {
    const database = await open();
    const { service } = await openStage2(database, { isTaken: true });
    const { moves } = createMoves(database, service);
    const before = await state(database, service);
    expect(await promotePending(database, ['/m/pending.bin'], facts, strategy)).toEqual({ outcome, pendingId: 1 });
    await moves.drain();
    expect(await state(database, service)).toEqual({ ...before, ...changes });
    const left = await database.prisma.pendingImport.findMany({ select: { sha256: true } });
    expect(left).toEqual({ CONFLICT: [{ sha256: null }], IGNORED: [{ sha256 }] }[outcome as 'CONFLICT'] ?? []);
  });

  it('finds nothing to do at a path that no pending record is at', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    const before = await state(database, service);
    expect(await promotePending(database, ['/m/unknown.bin'], facts, 'OVERRIDE')).toEqual({ outcome: 'NONE' });
    expect(await state(database, service)).toEqual(before);
  });

  it('has one result for twenty callers at once', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    const { moves } = createMoves(database, service);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => promotePending(database, ['/m/pending.bin'], facts, 'MERGE')),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      'MIGRATED',
      ...Array.from({ length: 19 }, () => 'NONE'),
    ]);
    await moves.drain();
    expect(await state(database, service)).toEqual(promoted);
  });

  it('lets two pending records of one hash meet in one model', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    await database.prisma.pendingImport.create({
      data: {
        id: 9,
        path: '/m/twin.bin',
        legacyPath: '/m/twin.bin',
        createdAt: new Date(),
        meta: {},
        searchText: '',
        stem: 'twin',
        tags: { create: { tagId: 3 } },
      },
    });
    const { moves } = createMoves(database, service);
    await Promise.all(
      ['/m/pending.bin', '/m/twin.bin'].map((path) => promotePending(database, [path], facts, 'MERGE')),
    );
    await moves.drain();
    const after = await state(database, service);
    expect(after).toMatchObject({
      tags: [1, 2, 3],
      images: ['0 one.png', '1 two.png'],
      tiers: 6,
      pending: 0,
      moves: 0,
    });
  });

  it.each([
    ['before any picture', async () => undefined],
    [
      'when the first picture had its tiers and its pending file was still there',
      async (database: Database, { images }: LegacyService) => {
        await images.add(sha256, { rootPath: images.pendingFolder, relativePath: '1_0_pending.png' }, 'one.png');
      },
    ],
    [
      'when the first pending file was gone and its note still there',
      async (database: Database, { images }: LegacyService) => {
        await images.add(sha256, { rootPath: images.pendingFolder, relativePath: '1_0_pending.png' }, 'one.png');
        await images.dropPending('1_0_pending.png');
      },
    ],
    [
      'when the files had their names and the row was not committed',
      async (_database: Database, { dataDir }: LegacyService) => {
        for (const quality of ['high', 'medium']) {
          await writeFile(join(dataDir, 'images', `${sha256}_0_${quality}.webp`), 'half done');
        }
      },
    ],
  ])('killed %s converges at the next start', async (_point, leaveBehind) => {
    const database = await open();
    const { service } = await openStage2(database);
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    await leaveBehind(database, service);
    const { moves, warnings } = createMoves(database, service);
    await moves.drain();
    expect(await state(database, service)).toEqual(promoted);
    expect(warnings).toEqual([]);
    const tier = await readFile(join(service.dataDir, 'images', `${sha256}_0_high.webp`));
    expect(tier.subarray(8, 12).toString()).toBe('WEBP');
  });

  it('does each move once when two processes find the same notes', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    const processes = Array.from({ length: 3 }, () => createMoves(database, service));
    await Promise.all(processes.map(({ moves }) => moves.drain()));
    await createMoves(database, service).moves.drain();
    expect(await state(database, service)).toEqual({ ...promoted, images: expect.any(Array) as string[] });
    const images = await database.prisma.modelImage.findMany({ orderBy: { source: 'asc' } });
    expect(images.map(({ source }) => source)).toEqual(['one.png', 'two.png']);
  });

  it('keeps a pending picture that cannot be read, and says why', async () => {
    const database = await open();
    const { service, request } = await openStage2(database);
    await writeFile(join(service.images.pendingFolder, '1_0_pending.png'), 'no picture');
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    const { moves, warnings } = createMoves(database, service);
    await moves.drain();
    expect(await state(database, service)).toEqual({
      ...promoted,
      images: ['0 two.png'],
      tiers: 3,
      pendingFiles: ['1_0_pending.png'],
      moves: 1,
    });
    expect(warnings).toMatchObject([
      { picture: '1_0_pending.png', reason: expect.stringContaining('PICTURE_UNREADABLE') },
    ]);
    // It is none of the model's, so another run of stage 1 takes the original.
    const { report } = await service.migrate(request);
    expect(report.pendingImages).toMatchObject({ found: 2, migrated: 1, alreadyPresent: 1 });
    expect(await state(database, service)).toMatchObject({ images: ['0 two.png', '1 one.png'] });
  });

  it('keeps it also where another record comes to have the same id and file name', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    const kept = join(service.images.pendingFolder, '1_0_pending.png');
    await writeFile(kept, 'no picture');
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    const { moves } = createMoves(database, service);
    await moves.drain();
    const folder = await temporaryFolder();
    await writePicture(join(folder, 'another.png'));
    const legacyDbPath = join(folder, 'legacy.sqlite3');
    writeLegacyDatabase(legacyDbPath, {
      models: [{ id: 1, path: '/n/pending.bin', extra_json: extraWith(['another.png']) }],
    });
    await service.migrate({ legacyDbPath, legacyImagesDir: folder });
    expect(await readFile(kept, 'utf8')).toBe('no picture');
    const another = sha256Of('another');
    await promotePending(database, ['/n/pending.bin'], { sha256: another, sizeBytes: 7 }, 'REPORT');
    await moves.drain();
    const images = await database.prisma.modelImage.findMany({ where: { sha256: another } });
    expect(images).toMatchObject([{ source: 'another.png' }]);
  });

  it('tries a pending picture again where not the picture was at fault', async () => {
    const database = await open();
    const { service } = await openStage2(database);
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    const { moves, warnings } = createMoves(database, service);
    vi.spyOn(service.images, 'add').mockResolvedValueOnce({
      state: 'unreadable',
      code: 'TASK_LOST',
      message: 'The worker ended over it.',
      isLasting: false,
    });
    await moves.drain();
    expect(warnings).toMatchObject([{ reason: expect.stringContaining('TASK_LOST') }]);
    expect(await state(database, service)).toMatchObject({ pendingFiles: ['1_0_pending.png'], moves: 1 });
    await moves.drain();
    expect(await state(database, service)).toEqual({ ...promoted, images: ['0 two.png', '1 one.png'] });
  });

  it('is not undone by another migration of the same database', async () => {
    const database = await open();
    const { service, request } = await openStage2(database);
    const { moves } = createMoves(database, service);
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    await moves.drain();
    const { job, report } = await service.migrate(request);
    expect(job.status).toBe('SUCCEEDED');
    expect(report).toMatchObject({
      pendingImports: { found: 1, alreadyPresent: 1 },
      pendingModelTags: { found: 2, alreadyPresent: 2 },
      pendingImages: { found: 2, alreadyPresent: 2 },
    });
    expect(await state(database, service)).toEqual(promoted);
  });

  it('joins the model of its own legacy record, which was hashed there after an earlier stage 1', async () => {
    const database = await open();
    const { service, request } = await openStage2(database);
    const legacy = new SqliteDatabase(request.legacyDbPath);
    legacy.exec(`UPDATE models SET hash_hex = '${sha256}'; DELETE FROM model_tags WHERE tag_id = 1`);
    legacy.close();
    expect((await service.migrate(request)).report.models).toMatchObject({ found: 1, migrated: 1 });
    const { moves } = createMoves(database, service);
    const settlement = await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    expect(settlement).toEqual({ outcome: 'MIGRATED', pendingId: 1 });
    await moves.drain();
    expect(await state(database, service)).toEqual({ ...promoted, sizeBytes: 16n });
  });

  it('does not come back under another spelling of its legacy path', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    writeLegacyDatabase(legacyDbPath, {
      models: [
        { id: 1, path: String.raw`D:\models\a.bin`, name: 'First' },
        { id: 2, path: 'D:/models/a.bin', name: 'Second' },
      ],
    });
    const request = { legacyDbPath, pathMappings: [{ from: 'd:/models', to: '/m' }] };
    const pendingImports = { found: 2, migrated: 1, alreadyPresent: 0, skipped: 1, errors: 0 };
    expect((await service.migrate(request)).report.pendingImports).toEqual(pendingImports);
    await promotePending(database, ['/m/a.bin'], facts, 'REPORT');
    const { job, report } = await service.migrate(request);
    expect(report.pendingImports).toEqual({ ...pendingImports, migrated: 0, alreadyPresent: 1 });
    expect(await service.itemErrors(job.id)).toEqual(['DUPLICATE_PATH models/2']);
    expect(await database.prisma.pendingImport.count()).toBe(0);
    expect(await database.prisma.model.count()).toBe(1);
  });

  it('hands over tags and pictures that a cut-short stage 1 had not taken when the file was hashed', async () => {
    const database = await open();
    const { service, request } = await openStage2(database);
    await database.prisma.pendingModelTag.deleteMany();
    await database.prisma.pendingImage.deleteMany();
    for (const name of await readdir(service.images.pendingFolder)) await service.images.dropPending(name);
    const { moves } = createMoves(database, service);
    await promotePending(database, ['/m/pending.bin'], facts, 'REPORT');
    await moves.drain();
    await service.migrate(request);
    expect(await state(database, service)).toEqual(promoted);
  });
});
