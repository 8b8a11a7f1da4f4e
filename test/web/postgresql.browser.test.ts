import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, openPage, openServiceWithPage } from '../support/browser.ts';
import { createPostgresql, type FreshDatabase } from '../support/databases.ts';
import type { TestService } from '../support/test-service.ts';

let database: FreshDatabase;
let service: TestService;

beforeAll(async () => {
  database = await createPostgresql();
  service = await openServiceWithPage({ databaseUrl: database.url });
});
afterAll(async () => {
  await service.close();
  await database.remove();
});

let colour = 0;
const picture = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r: ++colour, g: 90, b: 200 } } }).jpeg();
const photos = (...path: string[]) => join(service.category('photos').rootPath, ...path);

async function draw(path: string, side: number): Promise<void> {
  await mkdir(dirname(photos(path)), { recursive: true });
  await picture(side).toFile(photos(path));
}

/** The photos with what the catalogue says of each. */
async function catalogued(): Promise<Record<string, string>> {
  const items = await service.app.database.prisma.mediaItem.findMany({ include: { shelf: true } });
  return Object.fromEntries(items.map(({ relativePath, shelf }) => [relativePath, shelf.status]));
}

it('plans, reviews and applies a scan, makes proxies, removes and brings back, and uploads, on PostgreSQL', async () => {
  expect(service.app.database.provider).toBe('postgresql');
  for (const [path, side] of [
    ['2023/Rome/a.jpg', 1_000],
    ['2023/Rome/b.jpg', 950],
    ['2023/Oslo/c.jpg', 100],
    ['Lost/d.jpg', 60],
  ] as const) {
    await draw(path, side);
  }
  const { jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await mkdir(photos('Archive'));
  await rename(photos('2023'), photos('Archive/2023'));
  await rm(photos('Lost'), { recursive: true });
  await draw('New/e.jpg', 80);

  const page = await openPage(service);
  await page.getByRole('link', { name: 'Scan', exact: true }).click();
  await page.getByRole('button', { name: 'Plan first' }).click();
  const main = page.getByRole('main');
  await expectPage(main.getByRole('heading', { level: 2 })).toHaveText([/^Lost.*1$/, /^Moved.*3$/, /^New.*1$/]);
  await expectPage(main.getByRole('listitem').filter({ hasText: '3 files moved together' })).toContainText(
    'Archive/2023',
  );
  await page.getByRole('searchbox', { name: 'Search in the plan' }).fill('ROME/B');
  await expectPage(main.getByRole('heading', { level: 2 })).toHaveText([/^Moved.*1$/]);
  // A plan has changed nothing.
  expect(await catalogued()).toMatchObject({ '2023/Rome/a.jpg': 'AVAILABLE', 'Lost/d.jpg': 'AVAILABLE' });
  // The plan outlives the process that made it.
  await service.restart();
  await page.getByRole('button', { name: 'Apply 3 moved and 1 new' }).click();
  await expectPage(page.getByText(/^Done · 1 new · 3 moved$/)).toBeVisible();
  await page.getByRole('button', { name: 'Apply all 1, and mark 1 as missing' }).click();
  await expectPage(page.getByText(/^Done · 1 lost$/)).toBeVisible();
  expect(await catalogued()).toEqual({
    'Archive/2023/Oslo/c.jpg': 'AVAILABLE',
    'Archive/2023/Rome/a.jpg': 'AVAILABLE',
    'Archive/2023/Rome/b.jpg': 'AVAILABLE',
    'Lost/d.jpg': 'MISSING',
    'New/e.jpg': 'AVAILABLE',
  });

  await service.app.prober.drain();
  await page.getByRole('link', { name: /^Photos/ }).click();
  await expectPage(cells(page)).toHaveCount(4);
  await page.getByRole('grid').press('Control+a');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Image proxies…' }).click();
  const proxies = page.getByRole('dialog', { name: 'Image proxies' });
  await expectPage(proxies.getByRole('status')).toHaveText(/^2 of 4 photos need one, about .+ instead of .+\.$/);
  await proxies.getByRole('button', { name: 'Make 2 proxies' }).click();
  await expectPage(page.getByText(/^2 proxies · .+ instead of/)).toBeVisible();
  expect(await service.app.database.prisma.imageProxy.count()).toBe(2);

  await page.getByRole('grid').press('Control+a');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expectPage(page.getByText('4 items removed')).toBeVisible();
  await expectPage(cells(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectPage(cells(page)).toHaveCount(4);

  await page.getByRole('link', { name: 'Upload', exact: true }).click();
  const bytes = await picture(70).toBuffer();
  const files = ['first.jpg', 'again.jpg'].map((name) => ({ name, mimeType: 'image/jpeg', buffer: bytes }));
  const queue = page.getByRole('list', { name: 'Queue' }).getByRole('listitem');
  for (const [at, file] of files.entries()) {
    await page.locator('input[type=file]').first().setInputFiles(file);
    await expectPage(queue.nth(at)).toContainText(at === 0 ? 'Uploaded' : 'Was here already');
  }
  await page.getByRole('link', { name: 'Open first', exact: true }).click();
  await expectPage(page.getByRole('dialog', { name: 'first' })).toBeVisible();
  expect(await catalogued()).toMatchObject({ 'first.jpg': 'AVAILABLE' });
});
