import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

const levels = ['series', 'season', 'episode'].map((name) => ({ name, key: name }));

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'movies', default: true, label: 'Movies' },
      { key: 'photos', media_type: 'image', label: 'Photos' },
      { key: 'shows', media_type: 'image', label: 'Shows', hierarchy: { levels } },
    ],
  });
  const draw = async (category: string, path: string) => {
    const file = join(service.category(category).rootPath, path);
    await mkdir(dirname(file), { recursive: true });
    await sharp({ create: { width: 80, height: 60, channels: 3, background: '#357' } })
      .jpeg()
      .toFile(file);
  };
  for (const path of ['top.jpg', '2014/Rome/E2.jpg', '2014/Rome/E10.jpg', '2014/a.jpg', '2015/50% off?/#1.jpg']) {
    await draw('photos', path);
  }
  for (const path of ['Harbour/Season 1/one.jpg', 'Harbour/Season 1/two.jpg', 'Harbour/Season 2/one.jpg']) {
    await draw('shows', path);
  }
  const { folderCounter, jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await folderCounter.drain();
});
afterAll(() => service.close());

it('walks through folders of any name, with the items that lie in each', async () => {
  const page = await openPage(service, '/c/photos');
  await page.getByRole('link', { name: 'Folders' }).click();
  const folders = page.getByRole('list', { name: 'Folders' }).getByRole('link');
  await expectPage(folders).toHaveText([/2014.*3/, /2015.*1/]);
  await expectPage(cells(page)).toHaveCount(1);
  await folders.first().click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('2014');
  await folders.first().click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Rome');
  const labels = await cells(page).evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
  expect(labels).toEqual(['E2', 'E10']);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('list', { name: 'Where this is' }).getByRole('link', { name: 'Photos' }).click();
  await folders.nth(1).click();
  await folders.first().click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('50% off?');
  await page.reload();
  await expectPage(cells(page)).toHaveCount(1);
});

it('leads from a series to its seasons, and to what is in one of them', async () => {
  const page = await openPage(service, '/c/shows');
  await page.getByRole('link', { name: 'Groups' }).click();
  const groups = page.getByRole('list', { name: 'Groups' }).getByRole('link');
  await expectPage(groups).toHaveText([/Harbour.*3/]);
  await groups.first().click();
  await expectPage(groups).toHaveText([/Season 1.*2/, /Season 2.*1/]);
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Harbour');
  expect(await findBarriers(page)).toEqual([]);
  await groups.first().click();
  await expectPage(cells(page)).toHaveCount(2);
  await expectPage(page.getByRole('button', { name: 'Remove the filter Season 1' })).toBeVisible();
});
