import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../support/legacy-library.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
const known = sha256Of('same bytes');

beforeAll(async () => {
  service = await openServiceWithPage();
  const { folder } = service;
  const models = service.category('movies').rootPath;
  await mkdir(join(folder, 'media'), { recursive: true });
  for (const name of ['one.png', 'two.png', 'waits.png']) await writePicture(join(folder, 'media', name));
  // A media item with the bytes of the model, and the file of the import that waits.
  await writeFile(join(models, 'here.mp4'), 'same bytes');
  await writeFile(join(models, 'waits.bin'), 'same bytes');
  const db = join(folder, 'legacy.sqlite3');
  writeLegacyDatabase(db, {
    tags: [
      [1, 'anime'],
      [2, 'portrait'],
    ],
    models: [
      { id: 1, path: '/old/known.bin', name: 'Known', hash_hex: known, extra_json: extraWith(['one.png', 'two.png']) },
      { id: 2, path: join(models, 'waits.bin'), name: 'Waits', type: 'vae', extra_json: extraWith(['waits.png']) },
      { id: 3, path: '/old/other.bin', name: 'Other', type: 'vae', hash_hex: sha256Of('other') },
    ],
    modelTags: [
      [1, 1],
      [2, 1],
      [2, 2],
    ],
  });
  const { jobs, legacyMigration, scanner } = service.app;
  const request = { legacyDbPath: db, legacyImagesDir: join(folder, 'media'), mayReadAnywhere: true };
  await jobs.waitFor((await legacyMigration.start(request)).id);
  await jobs.waitFor((await scanner.start({})).id);
  const item = `mutation { hashMedia(selection: { filter: {} }) { ... on HashJob { id } ... on Error { message } } }`;
  await service.post({ query: item });
  const { prisma } = service.app.database;
  const isHashed = async () => (await prisma.mediaItem.findFirst({ where: { sha256: known } })) !== null;
  await vi.waitUntil(isHashed, { timeout: 60_000 });
});
afterAll(() => service.close());

it('finds models by words, types and tags, and changes what is said of one, with its pictures', async () => {
  const page = await openPage(service, '/models');
  const list = page.getByRole('list', { name: 'Models' }).getByRole('link');
  await expectPage(list).toHaveCount(2);
  const cover = list.filter({ hasText: 'Known' }).locator('img');
  await expectPage(cover).toHaveAttribute('srcset', /low.* 480w, .*medium.* 960w, .*high.* 1440w|480w.*960w.*1440w/);
  await expectPage.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel('Type').selectOption({ index: 2 });
  await expectPage(list).toHaveText([/Other/]);
  await page.getByLabel('Type').selectOption('');
  await page.getByLabel('Search by name or path').fill('nothing like that');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByLabel('Tag').selectOption({ label: 'anime (1)' });
  await expectPage(list).toHaveText([/Known/]);
  expect(new URL(page.url()).search).toContain('tags=');
  await list.first().click();

  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Known');
  await expectPage(page.getByRole('region', { name: 'Files with the same bytes' }).getByRole('link')).toHaveText([
    /here/,
  ]);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Name').fill('Known better');
  await page.getByLabel('Tags').fill('anime, landscape');
  await page.getByLabel('Description').fill('<img src=x onerror=alert(1)>');
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Known better');
  await expectPage(page.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveText(['anime', 'landscape']);

  const pictures = page.getByRole('region', { name: 'Pictures' });
  const shown = pictures.getByRole('list', { name: 'Pictures' }).getByRole('listitem');
  await expectPage(shown).toHaveCount(2);
  const seqs = () => shown.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['seq']));
  const [first, second] = await seqs();
  const png = await sharp({ create: { width: 90, height: 60, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  await pictures.locator('input[type=file]').setInputFiles([
    { name: 'third.png', mimeType: 'image/png', buffer: png },
    { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
  ]);
  await expectPage(shown).toHaveCount(3);
  await expectPage(pictures.getByRole('alert')).toContainText('broken.png');
  const third = (await seqs())[2];
  // By keys, with the focus where it was.
  await pictures.getByRole('button', { name: 'Move picture 3 one place earlier' }).focus();
  await page.keyboard.press('Enter');
  await expectPage.poll(seqs).toEqual([first, third, second]);
  await expectPage(pictures.getByRole('button', { name: 'Move picture 2 one place earlier' })).toBeFocused();
  // By mouse.
  await shown.nth(2).dragTo(shown.nth(0));
  await expectPage.poll(seqs).toEqual([second, first, third]);
  await page.reload();
  await expectPage.poll(seqs).toEqual([second, first, third]);
  await pictures.getByRole('button', { name: 'Remove picture 2' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expectPage.poll(seqs).toEqual([second, third]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

it('shows an import beside the model that has its bytes, with what each of five ways would do, and merges them', async () => {
  const page = await openPage(service, '/models');
  await page.getByRole('link', { name: /Pending imports/ }).click();
  await expectPage(page.getByText('1 record waiting')).toBeVisible();
  await page.getByRole('button', { name: 'Hash Waits' }).click();
  const conflict = page.getByRole('article', { name: 'Waits' });
  await expectPage(conflict.getByRole('button')).toHaveText([
    'Leave it for now',
    'Keep both',
    'Drop the import',
    'Merge into the model',
    'Replace by the import',
  ]);
  await expectPage(conflict).toContainText('The model also gets the tag portrait.');
  await expectPage(conflict).toContainText('The type “lora” becomes “vae”.');
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await conflict.getByRole('button', { name: 'Merge into the model' }).click();
  await expectPage(conflict).toHaveCount(0);
  await expectPage(page.getByText('Nothing waits.')).toBeVisible();
  await page.goto(new URL(`/models/${known}`, service.url).href);
  await expectPage(page.getByRole('list', { name: 'Tags' })).toContainText('portrait');
});
