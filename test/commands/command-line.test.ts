import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakePassword, startFakeCopyparty } from '../support/fake-copyparty.ts';
import { runCommand, startCommand } from '../support/run-command.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const environment = { PORT: '0', LOG_LEVEL: 'info', SCAN_ON_START: 'off' };

/** A working folder with a configuration of one category of pictures. */
async function libraryFolder(files: string[]): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(join(folder, 'photos'), files);
  await writeConfig(folder, ['photos']);
  return folder;
}

async function writeConfig(folder: string, keys: string[]): Promise<void> {
  const categories = keys.map(
    (key, index) =>
      `  - {key: ${key}, label: ${key}, default: ${index === 0}, root_path: ${key}, media_type: image, include_patterns: ["**/*.jpg"]}`,
  );
  await mkdir(join(folder, 'config'), { recursive: true });
  await writeFile(join(folder, 'config/watch_media_dirs.yml'), `version: 2\ncategories:\n${categories.join('\n')}\n`);
}

describe('mediashelf serve', () => {
  it('says exactly what to write and where when there is no configuration', async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await runCommand(['serve'], { cwd: folder, env: environment });
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder, 'config/watch_media_dirs.yml'));
    expect(stderr).toContain('root_path:');
    expect(stderr).not.toContain('    at ');
  });

  it('names every setting and every key that is wrong', async () => {
    const folder = await libraryFolder([]);
    const wrong = await runCommand(['serve'], { cwd: folder, env: { PORT: 'http', LOG_LEVEL: 'loud' } });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/PORT[^]*LOG_LEVEL|LOG_LEVEL[^]*PORT/);
    await writeFile(join(folder, 'config/watch_media_dirs.yml'), 'version: two\ncategories: [{key: a}]\n');
    const { stderr } = await runCommand(['serve'], { cwd: folder, env: environment });
    expect(stderr).toMatch(/version[^]*label[^]*root_path/);
  });

  it('starts, answers, and ends in order on SIGTERM', async () => {
    const folder = await libraryFolder(['a.jpg']);
    const service = startCommand(['serve'], { cwd: folder, env: environment });
    const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
    const ready = await fetch(new URL('/health/ready', url));
    expect(await ready.json()).toEqual({ status: 'ready' });
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(service.output().stdout).toContain('Stopped');
  });

  it('scans every category when it starts, unless told otherwise', async () => {
    const folder = await libraryFolder(['a.jpg', 'b.jpg']);
    const service = startCommand(['serve'], { cwd: folder, env: { PORT: '0' } });
    const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
    await service.printed(/scan at the start has ended/);
    expect(await ask(url, '{ media { totalCount } }')).toEqual({ media: { totalCount: 2 } });
  });

  it('reads its configuration again on SIGHUP and on `reload`, and keeps the last good one when it is wrong', async () => {
    const folder = await libraryFolder(['a.jpg']);
    const service = startCommand(['serve'], { cwd: folder, env: environment });
    const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
    const env = { PORT: new URL(url).port };

    await writeConfig(folder, ['photos', 'albums']);
    service.process.kill('SIGHUP');
    await service.printed(/was reloaded/);
    expect(await categoriesOf(url)).toEqual(['photos', 'albums']);

    await writeConfig(folder, ['photos', 'prints']);
    const reloaded = await runCommand(['reload'], { cwd: folder, env });
    expect(reloaded).toMatchObject({ code: 0, stdout: expect.stringContaining('photos, prints') });

    await writeFile(join(folder, 'config/watch_media_dirs.yml'), 'version: 2\ncategories: []\n');
    const refused = await runCommand(['reload'], { cwd: folder, env });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/keeps its last good[^]*categories/) });
    service.process.kill('SIGHUP');
    await service.printed(/does not load/);
    expect(await categoriesOf(url)).toEqual(['photos', 'prints']);
  });

  it('reads its configuration again for a SIGHUP that came while it started', async () => {
    const folder = await libraryFolder(['a.jpg']);
    await mkdir(join(folder, 'data'));
    // Who has the catalogue to himself holds up the start.
    const other = new SqliteDatabase(join(folder, 'data/catalogue.db'));
    onTestFinished(() => void other.close());
    other.exec('BEGIN EXCLUSIVE');
    const service = startCommand(['serve'], { cwd: folder, env: environment });
    await expect.poll(() => existsSync(join(folder, 'data/catalogue.db-lock'))).toBe(true);
    service.process.kill('SIGHUP');
    await writeConfig(folder, ['photos', 'albums']);
    other.exec('COMMIT');
    const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
    await expect.poll(() => categoriesOf(url)).toEqual(['photos', 'albums']);
  });

  it('finishes at its next start the scan that a kill interrupted', async () => {
    const folder = await libraryFolder(Array.from({ length: 4000 }, (_, index) => `${index % 40}/${index}.jpg`));
    const service = startCommand(['serve'], { cwd: folder, env: environment });
    const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
    const { scanMedia } = await ask<{ scanMedia: { id: string } }>(
      url,
      'mutation { scanMedia(input: {}) { ... on ScanJob { id } } }',
    );
    service.process.kill('SIGKILL');
    expect(await service.ended).toBe('SIGKILL');

    const next = startCommand(['serve'], { cwd: folder, env: environment });
    const [, nextUrl = ''] = await next.printed(/"url":"([^"]+)"/);
    const query = `{ job(id: "${scanMedia.id}") { status } media(first: 0) { totalCount } }`;
    await expect.poll(() => ask(nextUrl, query)).toEqual({ job: { status: 'SUCCEEDED' }, media: { totalCount: 4000 } });
  });

  it('reports on an address that nobody answers at', async () => {
    const folder = await libraryFolder([]);
    const { code, stderr } = await runCommand(['reload'], { cwd: folder, env: { PORT: '1' } });
    expect(code).toBe(1);
    expect(stderr).toContain('No service answers at http://127.0.0.1:1/graphql');
  });
});

describe('mediashelf scan', () => {
  it('does with --accept-losses what the last scan held back, once', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `${index}.jpg`);
    const cwd = await libraryFolder(names);
    await runCommand(['scan'], { cwd });
    for (const name of names.slice(5)) await rm(join(cwd, 'photos', name));
    const held = await runCommand(['scan'], { cwd });
    expect(held).toMatchObject({ code: 1, stderr: expect.stringContaining('mediashelf scan --accept-losses') });
    for (const option of ['--dry-run', '--limit=1', '--adopt-root', '--full', '--path=photos', '--category=photos']) {
      expect(await runCommand(['scan', '--accept-losses', option], { cwd })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('leave out all other options'),
      });
    }
    const accepted = await runCommand(['scan', '--accept-losses', '--json'], { cwd });
    expect(accepted.code).toBe(0);
    expect(JSON.parse(accepted.stdout)).toMatchObject({
      loggedMissing: 25,
      categories: [{ missing: 25, held: false }],
    });
    expect(await runCommand(['scan', '--accept-losses'], { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds nothing back'),
    });
  });

  it('scans, prints what it did, and the next time finds nothing to do', async () => {
    const cwd = await libraryFolder(['a.jpg', 'b.jpg', 'c.txt']);
    const first = await runCommand(['scan'], { cwd });
    expect(first).toMatchObject({
      code: 0,
      stdout: 'photos: 2 files: 2 added, 0 updated, 0 moved, 0 unchanged, 0 missing\n',
    });
    const dry = await runCommand(['scan', '--dry-run', '--json', '--category', 'photos', '--limit', '1'], { cwd });
    expect(JSON.parse(dry.stdout)).toMatchObject({
      dryRun: true,
      categories: [{ limited: true, unchanged: 1, filesFound: 2 }],
      totals: { unchanged: 1, filesScanned: 1, filesFound: 2, categories: 1 },
    });
  });

  it('refuses what makes no sense, with a sentence and an exit code', async () => {
    const cwd = await libraryFolder(['a.jpg']);
    expect(await runCommand(['scan', '--limit', '0'], { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('at least 1'),
    });
    const unknown = await runCommand(['scan', '--category', 'nope'], { cwd });
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toBe('"nope" is no category of the configuration. It has: photos.\n');
  });
});

describe('mediashelf token', () => {
  it('makes tokens that a running service knows, and revokes them', async () => {
    const cwd = await libraryFolder(['a.jpg']);
    const made = await runCommand(['token', 'create', '--role', 'viewer', '--name', 'phone', '--expires', '90d'], {
      cwd,
    });
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('It is not shown again') });
    const token = made.stdout.trim();
    const listed = await runCommand(['token', 'list'], { cwd });
    expect(listed.stdout).toMatch(/viewer {2}phone {2}\(expires 20.*not used yet/);
    expect(listed.stdout).not.toContain(token.split('_').slice(2).join('_'));

    const service = startCommand(['serve'], { cwd, env: environment });
    const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
    const status = async (authorization?: string) =>
      (await fetch(new URL('/archive/photos', url), { headers: authorization ? { authorization } : {} })).status;
    expect([await status(), await status(`Bearer ${token}`)]).toEqual([401, 404]);
    expect((await runCommand(['token', 'revoke', 'phone'], { cwd })).stdout).toContain('revoked 20');
    expect(await status(`Bearer ${token}`)).toBe(401);
    expect(await runCommand(['token', 'revoke', 'phone'], { cwd })).toMatchObject({ code: 1 });
    expect(service.output().stdout).not.toContain(token);
  });

  it.each([
    [['create', '--name', 'phone'], /--role/],
    [['create', '--name', 'phone', '--role', 'root'], /viewer, editor, admin/],
    [['create', '--name', ' ', '--role', 'admin'], /a name of 1 to 100/],
    [['create', '--name', 'a', '--role', 'admin', '--expires', 'soon'], /90d, 12h or 30m/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, stderr } = await runCommand(['token', ...args], { cwd: await libraryFolder([]) });
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});

describe('mediashelf serve on a network', () => {
  it('does not start as long as everybody could change everything', async () => {
    const cwd = await libraryFolder([]);
    const env = { ...environment, HOST: '0.0.0.0' };
    const refused = await runCommand(['serve'], { cwd, env });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('mediashelf token create') });
    await runCommand(['token', 'create', '--role', 'admin', '--name', 'me'], { cwd });
    const service = startCommand(['serve'], { cwd, env });
    await service.printed(/mediashelf is ready/);
  });
});

describe('mediashelf doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const cwd = await libraryFolder(['a.jpg']);
    const { code, stdout } = await runCommand(['doctor'], { cwd });
    expect(stdout).not.toMatch(/fault/);
    expect(stdout).toMatch(/frames of films are decoded by npm's FFmpeg \d/);
    expect(code).toBe(0);
  });

  it('goes on after a fault and says what to do', async () => {
    const cwd = await libraryFolder(['a.jpg']);
    await writeConfig(cwd, ['photos', 'unmounted']);
    await writeFile(join(cwd, 'file'), '');
    const { code, stdout } = await runCommand(['doctor', '--json'], {
      cwd,
      env: { LOG_DIR: 'file', DATA_DIR: 'photos/.data' },
    });
    const findings = JSON.parse(stdout) as { state: string; text: string }[];
    expect(findings.filter(({ text }) => text.startsWith('DATA_DIR lies'))).toEqual([
      {
        state: 'warning',
        text: expect.stringMatching(/inside the root of photos, .*: scans and watching leave it out/),
      },
    ]);
    const faults = findings.filter(({ state }) => state === 'fault').map(({ text }) => text);
    expect(faults).toEqual([expect.stringMatching(/unmounted.*mount its disk/), expect.stringMatching(/LOG_DIR/)]);
    expect(code).toBe(1);
  });

  it('looks what copyparty lets the service do', async () => {
    const cwd = await libraryFolder(['a.jpg']);
    const fake = await startFakeCopyparty();
    fake.addFile('/photos/a.jpg');
    const env = { COPYPARTY_URL: fake.url, COPYPARTY_PASSWORD: fakePassword };
    const { code, stdout } = await runCommand(['doctor'], { cwd, env });
    expect(stdout).toMatch(/copyparty knows the service as its user svc[^]*copyparty shows \/photos, of photos/);
    expect(code).toBe(0);
    await fake.stop();
    const failed = await runCommand(['doctor'], { cwd, env });
    expect(failed.stdout).toMatch(/copyparty does not answer .*: start it, or correct COPYPARTY_URL/);
    expect(failed.stdout).not.toContain(fakePassword);
    expect(failed.code).toBe(1);
  });
});

async function categoriesOf(url: string): Promise<string[]> {
  const { categories } = await ask<{ categories: { key: string }[] }>(url, '{ categories { key } }');
  return categories.map(({ key }) => key);
}

async function ask<T>(url: string, query: string): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: T }).data;
}
