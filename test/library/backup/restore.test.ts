import { readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import SqliteDatabase from 'better-sqlite3';
import { pack, type Header } from 'tar-stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { backUpLibrary, placesIn, readLibrary, restoreLibrary, writeLibrary } from './backed-up-library.ts';

let folder: string;
let archive: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  archive = join(folder, 'backup.tar');
});

describe('A backup', () => {
  it('brings everything back that cannot be made anew, into an empty folder', async () => {
    await writeLibrary(folder, 'old', 3);
    const before = await readLibrary(folder);
    // Head, database, configuration, log, nine tiers, three pending pictures, manifest.
    expect(await backUpLibrary(folder, archive)).toMatchObject({ entries: 17, lost: [] });
    const elsewhere = await temporaryFolder();
    const { kept } = await restoreLibrary(elsewhere, archive);
    expect(kept).toEqual([]);
    const { 'proxy_image/old.webp': proxy, ...files } = before.files;
    expect(await readLibrary(elsewhere)).toEqual({ ...before, files });
    expect(proxy).toBeDefined();
    expect(Object.keys(files)).toEqual(before.pictures);
    expect((await readdir(join(elsewhere, 'data'))).toSorted()).toEqual([
      'catalogue.db',
      'catalogue.db-lock',
      'images',
    ]);
    expect(await readdir(join(folder, 'data/.backup'))).toEqual(['lock']);
  });

  it('has the proxies where they are wanted, except one that is not what its row tells of', async () => {
    await writeLibrary(folder, 'old', 1);
    await backUpLibrary(folder, archive, { withProxies: true });
    await writeFile(join(folder, 'data/proxy_image/old.webp'), 'another');
    const later = join(folder, 'later.tar');
    await backUpLibrary(folder, later, { withProxies: true });
    const [whole, without] = [await temporaryFolder(), await temporaryFolder()];
    await restoreLibrary(whole, archive);
    await restoreLibrary(without, later);
    expect(await readdir(join(whole, 'data/proxy_image'))).toEqual(['old.webp']);
    expect(await readdir(join(without, 'data'))).not.toContain('proxy_image');
  });

  it('tells of pictures that the disk has lost, and is whole without them', async () => {
    await writeLibrary(folder, 'old', 1);
    await rm(join(folder, 'data/images/pending/1_0_old_ü.png'));
    const { lost } = await backUpLibrary(folder, archive);
    expect(lost).toEqual(['images/pending/1_0_old_ü.png']);
    await restoreLibrary(await temporaryFolder(), archive);
  });

  it('does not replace a file unless told, and is for its owner alone', async () => {
    await writeLibrary(folder, 'old', 0);
    await writeFile(archive, 'mine');
    await expect(backUpLibrary(folder, archive)).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
    expect(await readFile(archive, 'utf8')).toBe('mine');
    await backUpLibrary(folder, archive, { force: true });
    await restoreLibrary(await temporaryFolder(), archive);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    ['data/catalogue.db', 'the catalogue'],
    ['config/watch_media_dirs.yml', 'the media configuration'],
    ['logs/media_deletions.log', 'the log of deletions'],
    ['another name.tar', 'the catalogue'],
    ['data', 'a folder'],
  ])('takes not even by force the place of %s', async (name, what) => {
    await writeLibrary(folder, 'old', 1);
    await symlink(join(folder, 'data/catalogue.db'), join(folder, 'another name.tar'));
    const before = await readLibrary(folder);
    await expect(backUpLibrary(folder, join(folder, name), { force: true })).rejects.toMatchObject({
      code: 'BACKUP_PLACE',
      message: expect.stringContaining(`that is ${what}. Choose another name.`),
    });
    expect(await readLibrary(folder)).toEqual(before);
  });

  it('is refused where there is nothing, in PostgreSQL, and while another is taken', async () => {
    await expect(backUpLibrary(folder, archive)).rejects.toMatchObject({ code: 'NOTHING_TO_BACK_UP' });
    const databaseUrl = 'postgresql://localhost/mediashelf';
    for (const attempt of [backUpLibrary, restoreLibrary]) {
      await expect(attempt(folder, archive, { databaseUrl })).rejects.toMatchObject({
        code: 'BACKUP_UNSUPPORTED',
        message: expect.stringContaining('pg_dump'),
      });
    }
    await writeLibrary(folder, 'old', 20);
    const both = await Promise.allSettled([
      backUpLibrary(folder, archive),
      backUpLibrary(folder, join(folder, 'second.tar')),
    ]);
    // Whichever comes first.
    both.sort((one, other) => one.status.localeCompare(other.status));
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'BACKUP_RUNNING' } }]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    await writeLibrary(folder, 'old', 20);
    const stop = new AbortController();
    const running = backUpLibrary(folder, archive, { signal: stop.signal });
    while (!(await readdir(folder)).includes('.backup.tar.part')) await new Promise(setImmediate);
    stop.abort();
    await expect(running).rejects.toThrow('aborted');
    expect((await readdir(folder)).toSorted()).toEqual(['config', 'data', 'logs']);
    expect(await readdir(join(folder, 'data/.backup'))).toEqual(['lock']);
  });
});

describe('A restore', () => {
  it('takes the place of what is there only when told, and keeps it', async () => {
    await writeLibrary(folder, 'new', 2);
    await backUpLibrary(folder, archive);
    const other = await temporaryFolder();
    await writeLibrary(other, 'old', 1);
    const old = await readLibrary(other);
    await expect(restoreLibrary(other, archive)).rejects.toMatchObject({
      code: 'DATA_NOT_EMPTY',
      message: expect.stringContaining('catalogue.db, images, proxy_image'),
    });
    expect(await readLibrary(other)).toEqual(old);

    const { kept } = await restoreLibrary(other, archive, { force: true });
    const { files, pictures, ...rest } = await readLibrary(other);
    // The log that was there knows more.
    expect(rest).toEqual({ name: 'new', config: '# of new\n', log: '{"of":"old"}\n' });
    expect(Object.keys(files)).toEqual(pictures);
    expect(kept).toHaveLength(2);
    expect((await readdir(kept[0] as string)).toSorted()).toEqual(['catalogue.db', 'images', 'proxy_image']);
    expect(await readFile(join(kept[1] as string, 'watch_media_dirs.yml'), 'utf8')).toBe('# of old\n');
    expect((await readdir(other)).toSorted()).toEqual(['config', 'data', 'logs']);
    expect(await readdir(join(other, 'config'))).not.toContain('.restore');
  });

  it('leaves the configuration alone when told', async () => {
    await writeLibrary(folder, 'new', 1);
    await backUpLibrary(folder, archive);
    const other = await temporaryFolder();
    await writeLibrary(other, 'old', 1);
    await restoreLibrary(other, archive, { force: true, keepConfig: true });
    expect(await readLibrary(other)).toMatchObject({ name: 'new', config: '# of old\n' });
  });

  it('goes to where the database is', async () => {
    await writeLibrary(folder, 'new', 1);
    await backUpLibrary(folder, archive);
    const other = await temporaryFolder();
    const path = join(other, 'elsewhere/media.db');
    await restoreLibrary(other, archive, { databaseUrl: `file:${path}` });
    const database = await openDatabase(`file:${path}`);
    expect(await database.prisma.model.count()).toBe(1);
    await database.close();
    expect(await readdir(join(other, 'data'))).toEqual(['images']);
  });

  it('is refused while anybody has the catalogue open', async () => {
    await writeLibrary(folder, 'old', 1);
    await backUpLibrary(folder, archive);
    const database = await openDatabase(placesIn(folder).databaseUrl);
    await expect(restoreLibrary(folder, archive, { force: true })).rejects.toMatchObject({ code: 'CATALOGUE_IN_USE' });
    await database.close();
    await restoreLibrary(folder, archive, { force: true });
  });

  it('brings an older schema up to date, and refuses a newer one', async () => {
    await writeLibrary(folder, 'old', 0);
    const path = join(folder, 'data/catalogue.db');
    const latest = await takeBackTo(path, 0.7);
    await backUpLibrary(folder, archive);
    expect(migrationsOf(path)).not.toContain(latest);
    const other = await temporaryFolder();
    await restoreLibrary(other, archive);
    const restored = join(other, 'data/catalogue.db');
    expect(migrationsOf(restored)).toContain(latest);
    expect(await readLibrary(other)).toMatchObject({ name: 'older' });

    change(restored, `UPDATE _prisma_migrations SET migration_name = '9999_later' WHERE migration_name = '${latest}'`);
    const newer = join(folder, 'newer.tar');
    await backUpLibrary(other, newer);
    const empty = await temporaryFolder();
    await expect(restoreLibrary(empty, newer)).rejects.toMatchObject({ code: 'BACKUP_TOO_NEW' });
    expect(await readdir(join(empty, 'data'))).toEqual(['catalogue.db-lock']);
  });
});

/** Makes the database one of an earlier version: with that share of all migrations. Gives the name of the last one. */
async function takeBackTo(path: string, share: number): Promise<string> {
  const names = migrationsOf(path);
  const older = names.slice(0, Math.floor(names.length * share));
  const [{ sql: table }] = query(path, `SELECT sql FROM sqlite_master WHERE name = '_prisma_migrations'`) as [
    { sql: string },
  ];
  await rm(path);
  change(path, table);
  for (const name of older) {
    change(path, await readFile(`prisma/migrations/sqlite/${name}/migration.sql`, 'utf8'));
    change(
      path,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('${name}', '', '${name}', 0, 1, 1)`,
    );
  }
  change(path, `INSERT INTO system_settings VALUES ('library', '"older"', 0)`);
  return names.at(-1) as string;
}

function migrationsOf(path: string): string[] {
  const rows = query(path, 'SELECT migration_name AS name FROM _prisma_migrations ORDER BY name') as { name: string }[];
  return rows.map(({ name }) => name);
}

function query(path: string, statement: string): unknown[] {
  const database = new SqliteDatabase(path, { readonly: true });
  try {
    return database.prepare(statement).all();
  } finally {
    database.close();
  }
}

function change(path: string, script: string): void {
  const database = new SqliteDatabase(path);
  database.exec(script);
  database.close();
}

describe('An archive that is not as it was written', () => {
  let other: string;
  let old: Awaited<ReturnType<typeof readLibrary>>;
  beforeEach(async () => {
    await writeLibrary(folder, 'new', 2);
    await backUpLibrary(folder, archive);
    other = await temporaryFolder();
    await writeLibrary(other, 'old', 1);
    old = await readLibrary(other);
  });

  /** What a restore of it says, once it is sure that it did nothing. */
  async function findRefusal(): Promise<string> {
    const refusal = await restoreLibrary(other, archive, { force: true }).then(
      () => 'it was taken',
      ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
    );
    expect(await readLibrary(other)).toEqual(old);
    expect(await readdir(join(other, 'data'))).not.toContain('.restore');
    expect(await readdir(other)).toHaveLength(3);
    return refusal;
  }

  it('is refused wherever a bit has changed', async () => {
    const whole = await readFile(archive);
    const positions = new Set<number>();
    for (let position = 0; position < whole.length; position += 4999) positions.add(position);
    const outcomes: Record<string, string>[] = [];
    for (const position of [...positions].filter((_, index) => index % 12 === 0)) {
      const changed = Buffer.from(whole);
      changed[position] = (changed[position] ?? 0) ^ 4;
      await writeFile(archive, changed);
      // Between the entries are bytes that mean nothing.
      const isPadding = whole[position] === 0 && whole.subarray(position - 20, position).every((byte) => byte === 0);
      const outcome = await restoreLibrary(await temporaryFolder(), archive).then(
        () => 'taken',
        () => 'refused',
      );
      outcomes.push({ outcome, where: isPadding ? 'padding' : 'content' });
    }
    expect(outcomes).not.toContainEqual({ outcome: 'taken', where: 'content' });
    expect(outcomes.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(10);
  });

  it.each([0, 100, 512, 700, 30_000, 400_000, -2_000])('is refused when cut at byte %i', async (length) => {
    const whole = await readFile(archive);
    await truncate(archive, length < 0 ? whole.length + length : length);
    expect(await findRefusal()).toMatch(/^BACKUP_DAMAGED/);
  });

  it('is refused when it is no archive at all', async () => {
    await writeFile(archive, 'Not found.\n'.repeat(1000));
    expect(await findRefusal()).toMatch(/^BACKUP_DAMAGED/);
  });

  it.each<[string, Partial<Header> & { name: string }]>([
    ['a way out', { name: '../../stolen' }],
    ['a way out of a folder', { name: 'images/../../stolen' }],
    ['an absolute name', { name: '/tmp/stolen' }],
    ['a name of Windows', { name: 'images\\..\\stolen' }],
    ['a foreign name', { name: 'images/deep/stolen' }],
    ['a symbolic link', { name: 'images/link.webp', type: 'symlink', linkname: '/etc' }],
    ['a hard link', { name: 'images/link.webp', type: 'link', linkname: '/etc/passwd' }],
    ['a folder', { name: 'images', type: 'directory' }],
  ])('is refused for %s', async (_, header) => {
    await rewrite((add) => add(header, header.type === undefined ? 'stolen' : ''));
    expect(await findRefusal()).toMatch(/which no backup has/);
    expect(await readdir(join(other, '..'))).not.toContain('stolen');
  });

  it('is refused for an entry that its manifest does not name, and for one that comes twice', async () => {
    await rewrite((add) => add({ name: 'images/added.webp' }, 'added'));
    expect(await findRefusal()).toMatch(/not begin|its end is missing/);
    await rewrite((add) => {
      add({ name: 'backup.json' }, head);
      add({ name: 'backup.json' }, head);
    });
    expect(await findRefusal()).toMatch(/twice/);
    await rewrite((add) => {
      add({ name: 'backup.json' }, head);
      add({ name: 'images/added.webp' }, 'added');
      add({ name: 'manifest.jsonl' }, '');
    });
    expect(await findRefusal()).toMatch(/backup\.json was added/);
  });

  const head = JSON.stringify({
    format: 'mediashelf-backup',
    formatVersion: 1,
    version: '0.1.0',
    createdAt: new Date().toISOString(),
    migrations: [],
  });
});

/** Replaces the archive by one with just these entries. */
async function rewrite(
  write: (add: (header: Header | { name: string }, content: string) => void) => void,
): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, createWriteStream(archive));
  write((header, content) => tar.entry(header, content));
  tar.finalize();
  await written;
}
