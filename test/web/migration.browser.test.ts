import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { encodePublicId } from '../../src/base/public-id.ts';
import { createApiTokens } from '../../src/service/access/api-tokens.ts';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../support/legacy-library.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
let folder: string;

const cells = (page: Page, name: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    .getByRole('cell');
const windows = (name: string) => String.raw`D:\ComfyUI\models` + `\\${name}`;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mediashelf-legacy-')));
  await mkdir(join(folder, 'models/loras'), { recursive: true });
  await writeFile(join(folder, 'models/loras/waits.bin'), 'waits');
  for (const name of ['first.png', 'waits.png']) await writePicture(join(folder, 'media', name));
  writeLegacyDatabase(join(folder, 'hikaze_mm.sqlite3'), {
    tags: [[1, 'anime']],
    models: [
      {
        id: 1,
        path: windows(String.raw`loras\known.bin`),
        name: 'Known',
        hash_hex: sha256Of('known'),
        extra_json: extraWith(['/media/first.png', '/media/gone.png']),
      },
      { id: 2, path: windows(String.raw`loras\waits.bin`), name: 'Waits', extra_json: extraWith(['/media/waits.png']) },
    ],
    modelTags: [
      [1, 1],
      [2, 1],
    ],
  });
  service = await openServiceWithPage({
    environment: { LEGACY_ROOTS: folder, MODEL_ROOTS: join(folder, 'models') },
  });
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

it('takes over a database with Windows paths, and hashes what waits, by the page alone', async () => {
  let clicks = 0;
  const page = await openPage(service, '/');
  await page.exposeFunction('countClick', () => (clicks += 1));
  await page.evaluate(() =>
    addEventListener(
      'click',
      (event) => event.isTrusted && (window as unknown as { countClick(): void }).countClick(),
      true,
    ),
  );
  const startedAt = performance.now();
  await page.getByRole('link', { name: 'Migration' }).click();
  // The only database is chosen, and so is the folder of pictures beside it.
  await expectPage(page.getByRole('radio', { name: /hikaze_mm/ })).toBeChecked();
  await expectPage(page.getByRole('radio', { name: join(folder, 'media') })).toBeChecked();
  await expectPage(page.getByText('2 models that no folder above fits')).toBeVisible();
  await page.getByRole('button', { name: /^Map D:.*to / }).click();
  await expectPage(page.getByRole('textbox', { name: 'Folder 1 was' })).toHaveValue(String.raw`D:\ComfyUI\models`);
  await expectPage(page.getByText(/2 models · 1 of 2 files/)).toBeVisible();
  await page.getByRole('button', { name: 'Take over 2 models' }).click();
  const hash = page.getByRole('link', { name: 'Hash the 1 model without a hash' });
  await hash.click();
  await page.getByRole('button', { name: 'Hash 1 file' }).click();
  await expectPage(page.getByText('Nothing waits.')).toBeVisible();
  const seconds = (performance.now() - startedAt) / 1_000;
  // Migration, map, take over, go on, hash.
  expect(clicks).toBe(5);
  console.info(`a database with Windows paths, taken over and hashed: ${clicks} clicks, ${seconds.toFixed(1)} s`);
  await page.getByRole('link', { name: 'All models' }).click();
  await expectPage(page.getByRole('list', { name: 'Models' }).getByRole('link')).toHaveCount(2);

  await page.getByRole('link', { name: 'Migration' }).click();
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await expectPage(row('Models with a hash').getByRole('cell')).toHaveText(['1', '1', '0', '0', '0']);
  await expectPage(row('Pictures of models with a hash').getByRole('cell')).toHaveText(['2', '1', '0', '0', '1']);
  await page.getByText('What was left out or changed, by reason').click();
  await expectPage(page.getByRole('listitem').filter({ hasText: 'gone.png' }).first()).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the report' }).click(),
  ]);
  const report = JSON.parse(await readFile(await download.path(), 'utf8')) as { itemErrors: unknown[] };
  expect(report.itemErrors.length).toBeGreaterThan(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

it('tells what becomes of each kind while it runs, on its own page and on that of the job', async () => {
  const earlier = join(folder, 'other.sqlite3');
  await writePicture(join(folder, 'media', 'late.png'));
  writeLegacyDatabase(earlier, {
    models: [
      {
        id: 8,
        path: windows('late.bin'),
        name: 'Late',
        hash_hex: sha256Of('late'),
        extra_json: extraWith(['/media/late.png']),
      },
    ],
  });
  const { legacyMigration, pool } = service.app;
  const run = pool.run.bind(pool);
  const gate = new EventEmitter();
  const held = once(gate, 'open');
  vi.spyOn(pool, 'run').mockImplementation(async (name, ...rest) => {
    // The records are there; their pictures are not.
    if (name === 'makeTiers') await held;
    return run(name, ...rest);
  });
  const { id } = await legacyMigration.start({ legacyDbPath: earlier, legacyImagesDir: join(folder, 'media') });
  const page = await openPage(service, '/migration');
  const job = await openPage(service, `/jobs/${encodePublicId('LegacyMigrationJob', id)}`);
  for (const where of [page, job]) {
    await expectPage(where.getByRole('progressbar')).toBeVisible();
    await expectPage(cells(where, 'Models with a hash')).toHaveText(['1', '1', '0', '0', '0']);
    await expectPage(cells(where, 'Pictures of models with a hash')).toHaveText(['0', '0', '0', '0', '0']);
  }
  gate.emit('open');
  for (const where of [page, job]) {
    await expectPage(cells(where, 'Pictures of models with a hash')).toHaveText(['1', '1', '0', '0', '0']);
    await expectPage(where.getByRole('progressbar')).toHaveCount(0);
  }
  expect(await findBarriers(job)).toEqual([]);
});

it('says for whom it is', async () => {
  const api = createApiTokens(service.app.database);
  const { token } = await api.create({ name: 'editor', role: 'EDITOR', expiresAt: null });
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
  const page = await openPage(service, '/migration');
  await page.getByRole('dialog', { name: 'Sign in' }).getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
  await expectPage(page.getByText('This page is for administrators. You are signed in as editor.')).toBeVisible();
  await expectPage(page.getByRole('link', { name: 'Migration' })).toHaveCount(0);
  expect(await page.content()).not.toContain(folder);
});
