import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../support/databases.ts';
import {
  extraWith,
  openLegacyDatabase,
  sha256Of,
  writeLegacyDatabase,
  writeOddLibrary,
  writePicture,
} from '../../support/legacy-library.ts';
import { openLegacyService } from '../../support/legacy-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { readEndState } from './end-state.ts';

const oddReport = {
  tags: { found: 6, migrated: 3, alreadyPresent: 0, skipped: 1, errors: 2 },
  models: { found: 10, migrated: 8, alreadyPresent: 0, skipped: 1, errors: 1 },
  pendingImports: { found: 10, migrated: 6, alreadyPresent: 0, skipped: 1, errors: 3 },
  modelTags: { found: 7, migrated: 2, alreadyPresent: 2, skipped: 3, errors: 0 },
  pendingModelTags: { found: 3, migrated: 2, alreadyPresent: 0, skipped: 1, errors: 0 },
  activeImages: { found: 16, migrated: 6, alreadyPresent: 1, skipped: 1, errors: 8 },
  pendingImages: { found: 3, migrated: 2, alreadyPresent: 0, skipped: 0, errors: 1 },
};

const oddErrors = [
  'AMBIGUOUS_NAME models/3/images/1',
  'DUPLICATE_HASH models/2',
  'DUPLICATE_PATH models/18',
  'DUPLICATE_TAG_NAME tags/3',
  'EXTRA_JSON_BROKEN models/11',
  'EXTRA_JSON_BROKEN models/20',
  'EXTRA_JSON_BROKEN models/7',
  'EXTRA_JSON_BROKEN models/8',
  'EXTRA_JSON_BROKEN models/9',
  'EXTRA_JSON_TOO_LARGE models/10',
  'HASH_CASE_CHANGED models/2',
  'IMAGES_NO_LIST models/12',
  'INVALID_CREATED_AT models/16',
  'INVALID_HASH models/5',
  'INVALID_ID models/-13',
  'INVALID_ID tags/-4',
  'INVALID_NAME models/16',
  'INVALID_NAME tags/5',
  'INVALID_PATH models/14',
  'INVALID_PATH models/15',
  'INVALID_SIZE_BYTES models/16',
  'ORPHAN_TAG_LINK model_tags/1-99',
  'ORPHAN_TAG_LINK model_tags/4--4',
  'ORPHAN_TAG_LINK model_tags/999-1',
  'ORPHAN_TAG_LINK model_tags/null-1',
  'OWNER_MISSING models/-13/images/0',
  'PATH_OUTSIDE_ROOT models/11/images/3',
  'PENDING_ID_TAKEN models/3',
  'PICTURE_NAME_INVALID models/11/images/2',
  'PICTURE_NAME_INVALID models/11/images/4',
  'PICTURE_NAME_INVALID models/11/images/5',
  'PICTURE_NOT_FOUND models/1/images/2',
  'PICTURE_NOT_FOUND models/11/images/1',
  'PICTURE_OUTSIDE_FOLDER models/11/images/0',
  'PICTURE_UNREADABLE models/1/images/3',
];

/** The request for the odd library, whose models are on this machine now. */
async function oddRequest() {
  const { db, images, models } = await writeOddLibrary(await temporaryFolder());
  const pathMappings = [{ from: 'd:/comfyui/models', to: models }];
  return { request: { legacyDbPath: db, legacyImagesDir: images, pathMappings }, models };
}

/** What is at the paths of a folder that `D:\models` is mapped to, and what cannot be. */
const mappedRecords = (folder: string) => ({
  pending: [`${folder}/a.bin`, 'd:/models/a.bin', String.raw`E:\c.bin`].map((path) => ({
    path,
    searchText: `\n${path.toLowerCase()}`,
  })),
  models: [{ path: `${folder}/b.bin`, searchText: `\n${folder}/b.bin` }],
});

describeOnEachDatabase('A legacy migration', (open) => {
  it('accounts for every row and picture of a database with everything odd about it', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const { request, models } = await oddRequest();
    const { job, report } = await service.migrate(request);
    expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
    expect(report).toEqual(oddReport);
    expect((await service.itemErrors(job.id)).sort()).toEqual(oddErrors);
    // By its hash, the model record of a row or of its picture is found.
    const items = ['models/1/images/2', 'models/2', 'models/3/images/1', 'models/5', 'models/7'];
    const failed = await database.prisma.jobItemError.findMany({
      where: { jobId: job.id, item: { in: items } },
      distinct: ['item'],
      orderBy: { item: 'asc' },
    });
    expect(failed.map(({ item, sha256 }) => [item, sha256])).toEqual([
      ['models/1/images/2', sha256Of('active')],
      ['models/2', sha256Of('active')],
      ['models/3/images/1', null],
      ['models/5', null],
      ['models/7', sha256Of('7')],
    ]);
    for (const { found, ...parts } of Object.values(report)) {
      expect(Object.values(parts).reduce((sum, count) => sum + count)).toBe(found);
    }
    expect(job.progress).toMatchObject({ done: 55, total: 55 });

    // The sums by SQL on both sides.
    const legacy = new SqliteDatabase(request.legacyDbPath);
    const count = (from: string) => legacy.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number;
    expect(report.tags.found).toBe(count('tags'));
    expect(report.models.found + report.pendingImports.found).toBe(count('models'));
    expect(report.modelTags.found + report.pendingModelTags.found).toBe(count('model_tags'));
    legacy.close();
    const { prisma } = database;
    expect(await prisma.tag.count()).toBe(report.tags.migrated);
    expect(await prisma.model.count()).toBe(report.models.migrated);
    expect(await prisma.pendingImport.count()).toBe(report.pendingImports.migrated);
    expect(await prisma.modelTag.count()).toBe(report.modelTags.migrated);
    expect(await prisma.pendingModelTag.count()).toBe(report.pendingModelTags.migrated);
    expect(await prisma.modelImage.count()).toBe(report.activeImages.migrated);
    expect(await prisma.pendingImage.count()).toBe(report.pendingImages.migrated);

    expect(await prisma.model.findUnique({ where: { sha256: sha256Of('active') } })).toEqual({
      sha256: sha256Of('active'),
      path: join(models, 'loras/active.safetensors'),
      legacyPath: String.raw`D:\ComfyUI\models\loras\active.safetensors`,
      name: 'Active',
      type: 'lora',
      sizeBytes: 16n,
      createdAt: new Date(1_757_000_000_000),
      meta: {
        description: 'as it was',
        images: ['/media/first.png', '/media/second.jpg', '/media/gone.png', '/media/damaged.png'],
      },
      legacyMeta: '{"header":1}',
      searchText: `active\n${join(models, 'loras/active.safetensors')}`.toLowerCase(),
    });
    // The tags of two names that are one, and of two models that are one, came together.
    expect(await prisma.modelTag.findMany({ orderBy: { tagId: 'asc' } })).toEqual([
      { sha256: sha256Of('active'), tagId: 1 },
      { sha256: sha256Of('active'), tagId: 2 },
    ]);
    expect(await prisma.model.findUnique({ where: { sha256: sha256Of('7') } })).toMatchObject({
      meta: { legacy_extra_json: '{"images": [' },
    });
  });

  it('takes every picture: active ones in three sizes, pending ones as they are', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const { request } = await oddRequest();
    await service.migrate(request);
    const folder = join(service.dataDir, 'images');
    expect(
      await database.prisma.modelImage.findMany({ where: { sha256: sha256Of('active') }, orderBy: { seq: 'asc' } }),
    ).toEqual(
      ['first.png', 'second.jpg', 'case.png'].map((source, seq) => ({ sha256: sha256Of('active'), seq, source })),
    );
    const tiers = { high: [60, 40], medium: [40, 26], low: [20, 13] };
    for (const [quality, [width, height]] of Object.entries(tiers)) {
      const metadata = await sharp(join(folder, `${sha256Of('active')}_1_${quality}.webp`)).metadata();
      expect(metadata).toMatchObject({ format: 'webp', width, height });
    }
    const pending = await database.prisma.pendingImage.findMany({ orderBy: { pendingId: 'asc' } });
    expect(pending).toEqual([
      { pendingId: 3, seq: 0, name: '3_0_pending.png', source: 'pending a.png' },
      { pendingId: 4, seq: 0, name: '4_0_same.jpg', source: 'second.jpg' },
    ]);
    const original = await readFile(join(request.legacyImagesDir, 'pending a.png'));
    expect(await readFile(join(folder, 'pending', '3_0_pending.png'))).toEqual(original);
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  it('run twice changes nothing and says that all is here', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const { request } = await oddRequest();
    await service.migrate(request);
    const before = await readEndState(database, service.dataDir);
    const { report } = await service.migrate(request);
    expect(report).toEqual(
      Object.fromEntries(
        Object.entries(oddReport).map(([kind, counts]) => [
          kind,
          { ...counts, migrated: 0, alreadyPresent: counts.migrated + counts.alreadyPresent },
        ]),
      ),
    );
    expect(await readEndState(database, service.dataDir)).toEqual(before);
  });

  it('reads what is still in the write-ahead log, and leaves the legacy files as they are', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const folder = await temporaryFolder();
    const path = join(folder, 'hikaze_mm.sqlite3');
    const legacy = openLegacyDatabase(path, { models: [{ id: 1, path: '/m/a.bin', hash_hex: sha256Of('a') }] });
    expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
    const before = await describeFolder(folder);
    const { report } = await service.migrate({ legacyDbPath: path });
    expect(report.models).toMatchObject({ found: 1, migrated: 1 });
    expect(await describeFolder(folder)).toEqual(before);
    legacy.close();
    expect(await readdir(join(service.dataDir, 'legacy'))).toEqual([]);
  });

  it('skips pictures, each with its reason, where no folder is named, and takes them the next time', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const folder = await temporaryFolder();
    const path = join(folder, 'legacy.sqlite3');
    await writePicture(join(folder, 'media', 'a.png'));
    writeLegacyDatabase(path, {
      models: [{ id: 1, path: '/m/a.bin', hash_hex: sha256Of('a'), extra_json: extraWith(['/media/a.png']) }],
    });
    const first = await service.migrate({ legacyDbPath: path });
    expect(first.report.activeImages).toEqual({ found: 1, migrated: 0, alreadyPresent: 0, skipped: 1, errors: 0 });
    expect(await service.itemErrors(first.job.id)).toEqual(['NO_IMAGES_DIR models/1/images/0']);
    const second = await service.migrate({ legacyDbPath: path, legacyImagesDir: join(folder, 'media') });
    expect(second.report.activeImages).toEqual({ found: 1, migrated: 1, alreadyPresent: 0, skipped: 0, errors: 0 });
    expect(second.job.status).toBe('SUCCEEDED');
  });

  it('keeps the ids of tags, and links of a name that is here under another id to that', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const folder = await temporaryFolder();
    await database.prisma.tag.createMany({
      data: [
        { id: 7, name: 'portrait' },
        { id: 8, name: 'other' },
      ],
    });
    const path = join(folder, 'legacy.sqlite3');
    writeLegacyDatabase(path, {
      tags: [
        [3, 'portrait'],
        [8, 'mine'],
        [40, 'kept'],
      ],
      models: [{ id: 1, path: '/m/a.bin', hash_hex: sha256Of('a') }],
      modelTags: [
        [1, 3],
        [1, 40],
      ],
    });
    const { job, report } = await service.migrate({ legacyDbPath: path });
    expect(report.tags).toEqual({ found: 3, migrated: 1, alreadyPresent: 0, skipped: 1, errors: 1 });
    expect(await service.itemErrors(job.id)).toEqual(['DUPLICATE_TAG_NAME tags/3', 'TAG_ID_TAKEN tags/8']);
    expect(await database.prisma.modelTag.findMany({ orderBy: { tagId: 'asc' } })).toEqual([
      { sha256: sha256Of('a'), tagId: 7 },
      { sha256: sha256Of('a'), tagId: 40 },
    ]);
  });

  it('takes what is left after any part of an earlier run, and comes to the same end', async () => {
    const { request } = await oddRequest();
    const database = await open();
    const service = await openLegacyService(database);
    const whole = await service.migrate(request);
    const expected = await readEndState(database, service.dataDir);
    // As if a run had been cut short at different places: rows without their links, links without pictures.
    const { prisma } = database;
    for (const undo of [
      () => prisma.pendingModelTag.deleteMany(),
      () => prisma.modelTag.deleteMany({ where: { tagId: 2 } }),
      () => prisma.pendingImage.deleteMany(),
      () => prisma.pendingImport.deleteMany({ where: { id: 3 } }),
      () => prisma.model.deleteMany({ where: { sha256: sha256Of('11') } }),
    ]) {
      await undo();
      const { report } = await service.migrate(request);
      expect(report.models.found).toBe(whole.report.models.found);
      expect(await readEndState(database, service.dataDir)).toEqual(expected);
    }
  });

  it('gives records the paths of a mapping that an earlier run had not', async () => {
    const database = await open();
    const { prisma } = database;
    const service = await openLegacyService(database);
    const legacyDbPath = join(await temporaryFolder(), 'legacy.sqlite3');
    writeLegacyDatabase(legacyDbPath, {
      models: [
        { id: 1, path: String.raw`D:\models\a.bin` },
        { id: 2, path: String.raw`D:\models\b.bin`, hash_hex: sha256Of('b') },
        { id: 3, path: 'd:/models/a.bin' },
        { id: 4, path: String.raw`E:\c.bin` },
      ],
    });
    const mapTo = (to: string) => ({ legacyDbPath, pathMappings: [{ from: String.raw`D:\models`, to }] });
    const found = async () => ({
      pending: await prisma.pendingImport.findMany({
        orderBy: { id: 'asc' },
        select: { path: true, searchText: true },
      }),
      models: await prisma.model.findMany({ select: { path: true, searchText: true } }),
    });
    await service.migrate({ legacyDbPath });
    const { job, report } = await service.migrate(mapTo('/wrong'));
    expect(report).toMatchObject({
      pendingImports: { found: 3, alreadyPresent: 3 },
      models: { found: 1, alreadyPresent: 1 },
    });
    expect(await service.itemErrors(job.id)).toEqual(['DUPLICATE_PATH models/3']);
    expect(await found()).toEqual(mappedRecords('/wrong'));
    await service.migrate(mapTo('/right'));
    await service.migrate({ legacyDbPath });
    expect(await found()).toEqual(mappedRecords('/right'));
  });

  it('lets one migration run at a time', async () => {
    const database = await open();
    const service = await openLegacyService(database);
    const { request } = await oddRequest();
    const started = await Promise.allSettled(Array.from({ length: 5 }, () => service.migration.start(request)));
    const [job, ...others] = started.filter(({ status }) => status === 'fulfilled');
    expect(others).toEqual([]);
    expect(started.filter(({ status }) => status === 'rejected')).toMatchObject(
      Array.from({ length: 4 }, () => ({ reason: { code: 'JOB_LOCKED' } })),
    );
    await service.jobs.waitFor((job as PromiseFulfilledResult<{ id: string }>).value.id);
  });
});

async function describeFolder(folder: string) {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeNs } = await stat(join(folder, name), { bigint: true });
      return { name, size, mtimeNs, sha256: sha256(await readFile(join(folder, name))) };
    }),
  );
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
