import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawNoise } from '../library/image-proxies/draw-pictures.ts';
import { runCommand, startCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Library {
  cwd: string;
  /** Of the proxies. */
  count(): Promise<number>;
  /** Hash by filename. */
  proxies(): Promise<Map<string, string>>;
}

/** A working folder with scanned photographs, each another one, and one file of text. */
async function library(count: number): Promise<Library> {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'photos'));
  await mkdir(join(cwd, 'config'));
  const category = '{key: photos, label: Photos, default: true, root_path: photos, media_type: image}';
  await writeFile(join(cwd, 'config/watch_media_dirs.yml'), `version: 2\ncategories:\n  - ${category}\n`);
  await writePhotographs(cwd, count);
  await writeFile(join(cwd, 'photos/text.jpg'), 'text');
  expect((await runCommand(['scan'], { cwd })).code).toBe(0);
  const folder = join(cwd, 'data/proxy_image');
  const names = async () => (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.')).toSorted();
  return {
    cwd,
    count: async () => (await names()).length,
    async proxies() {
      // Hashes: to compare the bytes takes the test runner minutes.
      const hashes = (await names()).map(async (name) => [name, hashOf(await readFile(join(folder, name)))] as const);
      return new Map(await Promise.all(hashes));
    },
  };
}

const drawn: Buffer[] = [];

/** Each is drawn once, for all libraries. */
async function writePhotographs(cwd: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const picture = (drawn[index] ??= await drawNoise(1200, 1000, index).jpeg().toBuffer());
    await writeFile(join(cwd, 'photos', `${index}.jpg`), picture);
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All but what a dry run can only estimate. */
function counts({ stdout }: { stdout: string }): Record<string, number> {
  const { totalProxyBytes: _, ...rest } = JSON.parse(stdout) as Record<string, number>;
  return rest;
}

const preload = fileURLToPath(new URL('../crash/preload.cjs', import.meta.url));

/** So many that some are left when a quarter has begun to be made, and those that the processes have are made too. */
const many = 32 + 4 * Math.max(2, availableParallelism());

/**
 * The environment of a process that ends itself, or gets Ctrl-C, at a step of its work. From outside the signal would come
 * too late on a busy machine: between the first proxy and the end of a short batch are milliseconds.
 */
function at(step: keyof typeof steps, cwd: string): Record<string, string> {
  return { NODE_OPTIONS: `--require ${preload}`, CRASH_FOLDER: cwd, CRASH_POINT: steps[step] };
}

const steps = {
  // The folder is made before each rendering. Those that are stored together are so when 32 are there, or at the end.
  'Ctrl-C while a quarter is made': `main mkdir data/proxy_image#${many / 4}:interrupt`,
  'kill -9 at the first name': 'main rename data/proxy_image/0_0_nova.jpg#1:after',
};

// Each test starts several processes.
describe('mediashelf proxies', () => {
  it('is a dry run unless told otherwise, asks before it writes, and reports the same in both', async () => {
    const { cwd, proxies } = await library(3);
    const dry = await runCommand(['proxies', '--json'], { cwd });
    // One image fails, in a dry run too.
    expect([dry.code, (await proxies()).size]).toEqual([1, 0]);
    const refused = await runCommand(['proxies', '--no-dry-run'], { cwd });
    expect([refused.code, refused.stderr, (await proxies()).size]).toEqual([1, expect.stringContaining('--yes'), 0]);
    const real = await runCommand(['proxies', '--no-dry-run', '--yes', '--json'], { cwd });
    expect([real.code, (await proxies()).size]).toEqual([1, 3]);
    expect(counts(dry)).toEqual(counts(real));
    expect(counts(real)).toMatchObject({ totalImages: 4, proxiesCreated: 3, errors: 1 });
  });

  it('tells in words what it did and what failed', async () => {
    const { cwd } = await library(2);
    const { stdout } = await runCommand(['proxies', '--no-dry-run', '--yes', '--limit', '1'], { cwd });
    expect(stdout).toMatch(/^1 image: 1 larger[^]*\n1 proxy made, 0 skipped, 0 errors\n.* became .* % saved\n$/);
    const all = await runCommand(['proxies', '--no-dry-run', '--yes', '--force'], { cwd });
    expect(all.stdout).toMatch(/2 proxies made, 0 skipped, 1 error\n[^]*error: photos\/text\.jpg: The image cannot/);
    const wrong = await runCommand(['proxies', '--profile', 'gpt'], { cwd });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('no profile "gpt"')]);
  });

  it('stops in order on Ctrl-C, survives kill -9, and comes to the same in the end', async () => {
    const { cwd, count, proxies } = await library(many);
    const args = ['proxies', '--no-dry-run', '--yes', '--force'];
    const whole = await library(many);
    await runCommand(args, { cwd: whole.cwd });

    const interrupted = startCommand(args, { cwd, env: at('Ctrl-C while a quarter is made', cwd) });
    expect(await interrupted.ended).toBe(1);
    const afterStop = await count();
    expect(afterStop).toBeGreaterThan(0);
    expect(afterStop).toBeLessThan(many);

    const killed = startCommand(['proxies', '--no-dry-run', '--yes'], {
      cwd,
      env: at('kill -9 at the first name', cwd),
    });
    expect(await killed.ended).toBe('SIGKILL');
    expect(await count()).toBeGreaterThan(afterStop);

    // The service takes up the killed job at its start.
    const service = startCommand(['serve'], { cwd, env: { PORT: '0', SCAN_ON_START: 'off' } });
    await service.printed(/"url":"([^"]+)"/);
    await expect.poll(count).toBe(many);
    await service.printed(/job ended/);
    service.process.kill('SIGTERM');
    await service.ended;
    expect(await proxies()).toEqual(await whole.proxies());
    const doctor = await runCommand(['doctor', '--fix'], { cwd });
    expect(doctor.stdout).toMatch(/images that are gone/);
    expect(await proxies()).toEqual(await whole.proxies());
  });
});

describe('mediashelf scan with PROXIES_AFTER_SCAN', () => {
  it('ends when the proxies of what it found are made, or in order on Ctrl-C', async () => {
    const { cwd, count } = await library(0);
    await writePhotographs(cwd, many);
    const env = { PROXIES_AFTER_SCAN: 'on' };
    const interrupted = startCommand(['scan'], { cwd, env: { ...env, ...at('Ctrl-C while a quarter is made', cwd) } });
    expect(await interrupted.ended).toBe(1);
    expect(await count()).toBeGreaterThan(0);
    expect(await count()).toBeLessThan(many);
    expect((await readdir(join(cwd, 'data/proxy_image'))).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await runCommand(['scan'], { cwd, env })).code).toBe(0);
    expect(await count()).toBe(many);
  });
});

describe('mediashelf doctor', () => {
  it('tells what is left of images that are gone, and removes it with --fix', async () => {
    const { cwd, proxies } = await library(1);
    await runCommand(['proxies', '--no-dry-run', '--yes'], { cwd });
    await writeFile(join(cwd, 'data/proxy_image/nobodys_9_nova.jpg'), 'x');
    await utimes(join(cwd, 'data/proxy_image/nobodys_9_nova.jpg'), 0, 0);
    const told = await runCommand(['doctor'], { cwd });
    expect(told.stdout).toContain('warning  there is 1 proxy, file or object of images that are gone: --fix');
    expect((await proxies()).size).toBe(2);
    const fixed = await runCommand(['doctor', '--fix'], { cwd });
    expect(fixed.stdout).toContain('ok       1 proxy, file or object of images that are gone was removed');
    expect([...(await proxies()).keys()]).toEqual([expect.stringMatching(/^0_\d+_nova\.jpg$/)]);
    const clean = await runCommand(['doctor'], { cwd });
    expect(clean.stdout).toContain('nothing is left of images that are gone');
    expect(clean.stdout).toContain('no S3_BUCKET is set');
  });
});
