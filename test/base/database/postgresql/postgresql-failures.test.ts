import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { openDatabase } from '../../../../src/base/database/open-database.ts';
import { sql } from '../../../../src/base/database/sql.ts';
import { domainErrorOf } from '../../../../src/base/errors/domain-error-of.ts';
import { canMount, fillFilesystem, mountFilesystem } from '../../../support/mount-filesystem.ts';
import { startPostgresql } from '../../../support/start-postgresql.ts';

/** What a client is told of a failure. */
async function failureOf(work: Promise<unknown>) {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  const { code, message } = domainErrorOf(thrown) ?? { code: 'NONE', message: String(thrown) };
  return `${code}: ${message}`;
}

function urlWith(change: (url: URL) => void): string {
  const url = new URL(inject('postgresql').url);
  change(url);
  return url.href;
}

async function open(url: string): Promise<Database> {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  return database;
}

describe('a PostgreSQL', () => {
  it.each([
    [
      'that is not there',
      (url: URL) => (url.port = '9'),
      /^SERVICE_BUSY: The database does not answer \(ECONNREFUSED\)/,
    ],
    ['of another name', (url: URL) => (url.pathname = '/nothing'), /^STORAGE_ERROR: .*\(3D000\).*DATABASE_URL/],
    ['with another password', (url: URL) => (url.password = 'no'), /^STORAGE_ERROR: .*\(28P01\).*password/],
    ['on no host', (url: URL) => (url.hostname = 'nowhere.invalid'), /^SERVICE_BUSY: .*\(E[A-Z_]+\)/],
  ])('%s is told as such', async (_, change, told) => {
    expect(await failureOf(openDatabase(urlWith((url) => void change(url))))).toMatch(told);
  });

  it('that goes away under a statement is told as such, on every way in, and used again when it is back', async () => {
    const { url, templateDatabase } = inject('postgresql');
    const other = await open(url);
    const name = `away_${randomBytes(6).toString('hex')}`;
    await other.prisma.$executeRawUnsafe(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
    const database = await open(urlWith((own) => void (own.pathname = `/${name}`)));
    const { prisma } = database;
    const wait = sql`SELECT 1 FROM pg_sleep(30)`;
    for (const begin of [
      () => database.read(wait),
      () => prisma.$transaction((inside) => inside.$queryRaw(wait)),
      () => database.transaction((inside) => inside.writeReturning(wait)),
    ]) {
      const failure = failureOf(begin());
      const isWaiting = () =>
        other.read(sql`SELECT 1 FROM pg_stat_activity WHERE datname = ${name} AND query LIKE '%pg_sleep%'`);
      await expect.poll(isWaiting).toHaveLength(1);
      await other.read(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name}`);
      expect(await failure).toMatch(/^SERVICE_BUSY: The database does not answer/);
      expect(await prisma.systemSetting.count()).toBe(0);
    }
  });

  // Skipped where this process may not mount: a full disk cannot be had otherwise.
  it.runIf(canMount)('whose disk is full says so on every way in, and works once there is room', async () => {
    const disk = await mountFilesystem('-o', 'size=300m,mode=755');
    const server = await startPostgresql(disk);
    onTestFinished(() => server.stop());
    const database = await open(server.urlOf('postgres'));
    const { prisma } = database;
    await prisma.systemSetting.create({ data: { key: 'before', value: 1 } });
    const filler = await fillFilesystem(disk);
    const value = randomBytes(1e6).toString('base64');
    const data = { key: 'large', value };
    const insert = sql`INSERT INTO system_settings (key, value, updated_at) VALUES ('raw', ${JSON.stringify(value)}::jsonb, now())`;
    for (const write of [
      () => prisma.systemSetting.create({ data }),
      () => prisma.$transaction((inside) => inside.systemSetting.create({ data })),
      () => database.write(insert),
      () => database.transaction((inside) => inside.write(insert)),
    ])
      expect(await failureOf(write())).toMatch(/^STORAGE_ERROR: .*\(53100\).*make room/);
    expect((await prisma.systemSetting.findMany()).map(({ key }) => key)).toEqual(['before']);
    await rm(filler);
    await database.write(insert);
    expect(await prisma.systemSetting.count()).toBe(2);
  });
});
