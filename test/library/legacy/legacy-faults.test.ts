import { chmod, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import {
  legacySchema,
  looseSchema,
  openLegacyDatabase,
  sha256Of,
  writeLegacyDatabase,
} from '../../support/legacy-library.ts';
import { openLegacyService } from '../../support/legacy-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const models = Array.from({ length: 2_000 }, (_, n) => ({
  id: n + 1,
  path: `/m/${n}.bin`,
  hash_hex: sha256Of(`${n}`),
}));

async function setUp() {
  const folder = await temporaryFolder();
  const database = await openDatabase(`file:${join(folder, 'catalogue.db')}`);
  onTestFinished(() => database.close());
  const root = join(folder, 'legacy');
  await mkdir(root);
  const service = await openLegacyService(database, [root]);
  const path = join(root, 'hikaze_mm.sqlite3');
  /** Gives what is wrong, having looked that nothing was written. */
  const refusal = async (request: object = {}) => {
    const error = await service.migration.start({ legacyDbPath: path, ...request }).catch((reason: unknown) => reason);
    expect(await database.prisma.job.count()).toBe(0);
    expect(await database.prisma.tag.count()).toBe(0);
    const { code, fault, message } = error as { code: string; fault?: string; message: string };
    return { is: fault ?? code, message };
  };
  return { folder, root, path, refusal, service };
}

it('says that there is no database', async () => {
  const { path, refusal } = await setUp();
  expect(await refusal()).toEqual({ is: 'MISSING', message: `There is no legacy database at ${path}.` });
});

it.each([
  ['a picture', 'this is no database, however long it goes on about it '.repeat(20)],
  ['an empty file', ''],
])('says that %s is no SQLite database', async (_what, content) => {
  const { path, refusal } = await setUp();
  await writeFile(path, content);
  expect(await refusal()).toMatchObject({ is: 'NOT_SQLITE' });
});

it('says that a folder is no SQLite database', async () => {
  const { path, refusal } = await setUp();
  await mkdir(path);
  expect(await refusal()).toMatchObject({ is: 'NOT_SQLITE' });
});

it('says that a database is damaged', async () => {
  const { path, refusal } = await setUp();
  writeLegacyDatabase(path, { models });
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(8_192, 0x5a), 0, 8_192, 4_096 * 10);
  await file.close();
  expect(await refusal()).toMatchObject({ is: 'CORRUPT' });
});

it.each([
  ['another table', (db: SqliteDatabase.Database) => db.exec('DROP TABLE model_tags'), /model_tags is missing/],
  [
    'other columns',
    (db: SqliteDatabase.Database) => db.exec('ALTER TABLE models DROP COLUMN hash_hex'),
    /lacks hash_hex/,
  ],
  [
    'another version',
    (db: SqliteDatabase.Database) => db.exec('UPDATE schema_version SET version = 3'),
    /version 3; version 2/,
  ],
  ['no version', (db: SqliteDatabase.Database) => db.exec('DELETE FROM schema_version'), /version null/],
  [
    'a view for a table',
    (db: SqliteDatabase.Database) => db.exec('DROP TABLE tags; CREATE VIEW tags AS SELECT 1 AS id, 2 AS name'),
    /tags is none of the legacy application/,
  ],
  [
    'a column that hides the numbers of the rows',
    (db: SqliteDatabase.Database) => db.exec('ALTER TABLE models ADD COLUMN RowID TEXT'),
    /models is none of the legacy application: it has a column named rowid/,
  ],
])('says that a database has %s', async (_what, change, message) => {
  const { path, refusal } = await setUp();
  const legacy = openLegacyDatabase(path, {});
  change(legacy);
  legacy.close();
  const refused = await refusal();
  expect(refused.is).toBe('WRONG_SCHEMA');
  expect(refused.message).toMatch(message);
});

it('reads a database with values that its constraints forbid', async () => {
  const { path, service } = await setUp();
  const legacy = openLegacyDatabase(path, {
    schema: legacySchema.replace('hash_hex TEXT NOT NULL', 'hash_hex TEXT'),
    models,
  });
  legacy.unsafeMode();
  legacy.exec(`
    UPDATE models SET hash_hex = NULL;
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = replace(sql, 'hash_hex TEXT', 'hash_hex TEXT NOT NULL CHECK (hash_hex <> type)')
    WHERE name = 'models'`);
  legacy.close();
  const again = new SqliteDatabase(path);
  again.exec(`PRAGMA ignore_check_constraints = ON; UPDATE models SET hash_hex = type WHERE id = 1`);
  again.close();
  const { job, report } = await service.migrate({ legacyDbPath: path });
  expect(report).toMatchObject({ pendingImports: { found: 2_000, migrated: 2_000 } });
  expect(await service.itemErrors(job.id)).toEqual(['INVALID_HASH models/1']);
});

it('knows its version also as text', async () => {
  const { path, service } = await setUp();
  writeLegacyDatabase(path, { schema: looseSchema.replace('version INTEGER', 'version').replace('(2)', "('2')") });
  const { job } = await service.migrate({ legacyDbPath: path });
  expect(job.status).toBe('SUCCEEDED');
});

it('reads computed columns', async () => {
  const { path, service } = await setUp();
  const legacy = openLegacyDatabase(path, { models: models.slice(0, 1), modelTags: [[1, 3]] });
  legacy.exec(`
    DROP TABLE tags;
    CREATE TABLE tags (raw TEXT, id INTEGER AS (length(raw)) STORED, name TEXT AS (upper(raw)));
    INSERT INTO tags (raw) VALUES ('abc')`);
  legacy.close();
  const { report } = await service.migrate({ legacyDbPath: path });
  expect(report).toMatchObject({ tags: { found: 1, migrated: 1 }, modelTags: { found: 1, migrated: 1 } });
});

it.runIf(process.platform === 'linux')('says that an application holds the database for writing', async () => {
  const { path, refusal, service } = await setUp();
  const legacy = new SqliteDatabase(path);
  legacy.exec(legacySchema);
  legacy.exec('BEGIN EXCLUSIVE');
  expect(await refusal()).toMatchObject({ is: 'LOCKED' });
  legacy.exec('COMMIT');
  const { job } = await service.migrate({ legacyDbPath: path });
  expect(job.status).toBe('SUCCEEDED');
  legacy.close();
});

it.skipIf(process.getuid?.() === 0)('says that the database may not be read', async () => {
  const { path, refusal } = await setUp();
  writeLegacyDatabase(path, {});
  await chmod(path, 0o000);
  expect(await refusal()).toMatchObject({ is: 'UNREADABLE' });
});

it('refuses paths outside LEGACY_ROOTS, also behind links, and the command line may go anywhere', async () => {
  const { folder, root, path, refusal, service } = await setUp();
  writeLegacyDatabase(path, {});
  const outside = join(folder, 'outside.sqlite3');
  writeLegacyDatabase(outside, {});
  await symlink(outside, join(root, 'link.sqlite3'));
  await mkdir(join(folder, 'pictures'));
  await symlink(join(folder, 'pictures'), join(root, 'pictures'));
  expect(await refusal({ legacyDbPath: outside })).toMatchObject({
    is: 'PATH_NOT_ALLOWED',
    message: expect.stringContaining('LEGACY_ROOTS'),
  });
  expect(await refusal({ legacyDbPath: join(root, 'link.sqlite3') })).toMatchObject({ is: 'PATH_NOT_ALLOWED' });
  expect(await refusal({ legacyDbPath: '/nowhere/at/all' })).toMatchObject({ is: 'PATH_NOT_ALLOWED' });
  expect(await refusal({ legacyImagesDir: join(folder, 'pictures') })).toMatchObject({ is: 'PATH_NOT_ALLOWED' });
  expect(await refusal({ legacyImagesDir: join(root, 'pictures') })).toMatchObject({ is: 'PATH_NOT_ALLOWED' });
  const { job } = await service.migrate({ legacyDbPath: outside, mayReadAnywhere: true });
  expect(job.status).toBe('SUCCEEDED');
});

it('says that there is no folder of pictures, and that a mapping has one side', async () => {
  const { path, root, refusal } = await setUp();
  writeLegacyDatabase(path, {});
  expect(await refusal({ legacyImagesDir: join(root, 'gone') })).toMatchObject({ is: 'IMAGES_DIR_MISSING' });
  expect(await refusal({ legacyImagesDir: path })).toMatchObject({ is: 'IMAGES_DIR_MISSING' });
  expect(await refusal({ pathMappings: [{ from: ' ', to: '/m' }] })).toMatchObject({ is: 'INVALID_INPUT' });
});
