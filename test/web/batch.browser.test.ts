import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import { startS3Server } from '../support/s3-server.ts';
import type { TestService } from '../support/test-service.ts';

const photo = (side: number, month: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#357' } })
    .jpeg()
    .withExif({ IFD2: { DateTimeOriginal: `2014:0${month}:05 12:00:00` } });

async function choose(page: Page, what: string): Promise<void> {
  await page.getByRole('grid').press('Control+a');
  await open(page, what);
}

async function open(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

const categories = [
  { key: 'movies', default: true, label: 'Movies' },
  { key: 'photos', media_type: 'image', label: 'Photos' },
  { key: 'scans', media_type: 'image', label: 'Scans' },
];

/** A library of three photos of as many months, of which two are large. */
async function openLibrary(environment: Record<string, string>): Promise<TestService> {
  const service = await openServiceWithPage({ environment, categories });
  onTestFinished(() => service.close());
  for (const [name, side, month] of [
    ['a.jpg', 950, 3],
    ['b.jpg', 1_000, 5],
    ['c.jpg', 100, 4],
  ] as const) {
    await photo(side, month).toFile(join(service.category('photos').rootPath, name));
  }
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
  return service;
}

it('makes image proxies of a selection after it has said what they save, and hands photos over with their links', async () => {
  const { environment } = await startS3Server();
  const service = await openLibrary(environment);
  const page = await openPage(service, '/c/photos?sort=TITLE&dir=ASC');
  await expectPage(cells(page)).toHaveCount(3);
  await choose(page, 'Image proxies…');
  const proxies = page.getByRole('dialog', { name: 'Image proxies' });
  await expectPage(proxies.getByRole('status')).toHaveText(/^2 of 3 photos need one, about .+ instead of .+\.$/);
  expect(await findBarriers(page)).toEqual([]);
  await proxies.getByRole('button', { name: 'Make 2 proxies' }).click();
  await expectPage(page.getByText(/^2 proxies · .+ instead of/)).toBeVisible();
  expect(await service.app.database.prisma.imageProxy.count()).toBe(2);

  await choose(page, 'Hand over for analysis…');
  const analysis = page.getByRole('dialog', { name: 'Hand over for analysis' });
  await analysis.getByRole('button', { name: 'Hand over 3 photos' }).click();
  await expectPage(analysis.getByRole('status')).toHaveText('3 of 3 photos');
  const links = await analysis
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  const sizes = await Promise.all(
    links.map(async (link) => (await sharp(await (await fetch(link)).arrayBuffer()).metadata()).width),
  );
  expect(sizes.toSorted((a, b) => a - b)).toEqual([100, 896, 896]);
});

it('gives titles by a pattern, takes that back, and shows items under another category', async () => {
  const service = await openLibrary({});
  const titles = async () => {
    const items = await service.app.database.prisma.mediaItem.findMany({ orderBy: { filename: 'asc' } });
    return items.map(({ title }) => title);
  };
  const page = await openPage(service, '/c/photos?sort=TITLE&dir=ASC');
  await expectPage(cells(page)).toHaveCount(3);
  await choose(page, 'Titles and descriptions…');
  const words = page.getByRole('dialog', { name: 'Titles and descriptions' });
  await words.getByLabel('Title pattern').fill('Trip {x}');
  await expectPage(words.getByText('{x} means nothing here.')).toBeVisible();
  await expectPage(words.getByRole('button', { name: 'Change 3 items' })).toBeDisabled();
  await words.getByLabel('Title pattern').fill('{name} – {nn}');
  const preview = words.getByRole('list', { name: 'The first five' }).getByRole('listitem');
  await expectPage(preview).toContainText([/– 01/, /– 02/, /– 03/]);
  await words.getByRole('button', { name: 'Change 3 items' }).click();
  await expectPage(page.getByText('3 items changed')).toBeVisible();
  const given = await titles();
  expect(given.map((title) => title.slice(0, 4))).toEqual(['a – ', 'b – ', 'c – ']);
  expect(given.map((title) => title.slice(4)).toSorted()).toEqual(['01', '02', '03']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(titles).toEqual(['a', 'b', 'c']);

  await choose(page, 'Category…');
  const category = page.getByRole('dialog', { name: 'Category' });
  await category.getByLabel('Show them under').selectOption('Scans');
  await category.getByRole('button', { name: 'Change 3 items' }).click();
  await expectPage(cells(page)).toHaveCount(0);
  await page.goto(new URL('/c/scans', service.url).href);
  await expectPage(cells(page)).toHaveCount(3);
});

it('does to several stretches of a list at once whatever it does to one', async () => {
  const service = await openLibrary({});
  const page = await openPage(service, '/c/photos');
  await expectPage(cells(page)).toHaveCount(3);
  const chooseMonths = async (what: string) => {
    for (const month of ['May', 'March']) await page.getByRole('checkbox', { name: `Select ${month} 2014` }).click();
    await expectPage(page.getByRole('toolbar')).toContainText('2 items selected');
    await open(page, what);
  };
  const titles = async () => {
    const items = await service.app.database.prisma.mediaItem.findMany({ orderBy: { filename: 'asc' } });
    return items.map(({ title }) => title);
  };
  await chooseMonths('Image proxies…');
  const proxies = page.getByRole('dialog', { name: 'Image proxies' });
  await expectPage(proxies.getByRole('status')).toHaveText(/^2 of 2 photos need one, about .+ instead of .+\.$/);
  await proxies.getByRole('button', { name: 'Make 2 proxies' }).click();
  await expectPage(page.getByText(/^2 proxies · .+ instead of/)).toBeVisible();
  expect(await service.app.database.prisma.imageProxy.count()).toBe(2);

  await chooseMonths('Calculate SHA-256');
  await expectPage(page.getByText(/^2 files hashed/)).toBeVisible();

  await chooseMonths('Titles and descriptions…');
  const words = page.getByRole('dialog', { name: 'Titles and descriptions' });
  await words.getByLabel('Title pattern').fill('{n} {name}');
  await expectPage(words.getByRole('listitem')).toHaveText([/^1 b/, /^2 a/]);
  await words.getByRole('button', { name: 'Change 2 items' }).click();
  await expectPage(page.getByText('2 items changed')).toBeVisible();
  expect(await titles()).toEqual(['2 a', '1 b', 'c']);

  await chooseMonths('Delete for good…');
  const destroy = page.getByRole('dialog', { name: 'Delete for good' });
  await destroy.getByLabel('Type 2 to go on').fill('2');
  await destroy.getByRole('button', { name: 'Delete 2 items' }).click();
  await expectPage(page.getByText('2 items deleted for good')).toBeVisible();
  await expectPage(cells(page)).toHaveCount(1);
  expect(await titles()).toEqual(['c']);
});
