import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

const photos = ['Äpfel', 'Boat', 'Cliff', 'Dune', 'Elm', 'Fjord'];

beforeAll(async () => {
  service = await openServiceWithPage();
  const root = service.category('photos').rootPath;
  for (const [at, name] of photos.entries()) {
    const background = { r: 40 * at, g: 90, b: 200 - 30 * at };
    await sharp({ create: { width: 900, height: 600, channels: 3, background } })
      .jpeg()
      .withExif({ IFD2: { DateTimeOriginal: `201${4 + (at % 2)}:03:0${at + 1} 12:00:00` } })
      .toFile(join(root, `${name}.jpg`));
  }
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

it('shows the months with their pictures, the newest first, and opens each above the list', async () => {
  const page = await openPage(service);
  await expectPage(page.getByRole('rowheader')).toHaveText(['March 2015', 'March 2014']);
  await expectPage(cells(page)).toHaveCount(6);
  const labels = await cells(page).evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
  expect(labels).toEqual(['Fjord', 'Dune', 'Boat', 'Elm', 'Cliff', 'Äpfel']);
  await expectPage(cells(page).first().locator('img')).toHaveJSProperty('complete', true);

  await cells(page).nth(1).click();
  const viewer = page.getByRole('dialog', { name: 'Dune' });
  await expectPage(viewer).toBeVisible();
  await expectPage(viewer.getByRole('status')).toHaveText('2 of 6');
  await page.keyboard.press('ArrowRight');
  await expectPage(page.getByRole('dialog', { name: 'Boat' })).toBeVisible();
  await expectPage
    .poll(async () =>
      page
        .locator('.pswp__img')
        .last()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(300);
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expectPage(page.getByRole('dialog')).toHaveCount(0);
  await expectPage(page.getByRole('gridcell', { name: 'Boat' })).toBeFocused();
});

it('keeps the whole view in the address: search, order, layout, item', async () => {
  const page = await openPage(service, '/c/photos');
  await expectPage(cells(page)).toHaveCount(6);
  await page.keyboard.press('/');
  await page.keyboard.type('apfel');
  await expectPage(cells(page)).toHaveCount(1);
  expect(new URL(page.url()).search).toBe('?q=apfel');
  await page.goBack();
  await expectPage(cells(page)).toHaveCount(6);

  await page.goto(new URL('/c/photos?sort=TITLE&dir=DESC&view=table', service.url).href);
  await expectPage(page.getByRole('gridcell')).toHaveCount(6);
  await expectPage(page.getByRole('gridcell').first()).toContainText('Fjord');
  await page.goto(new URL('/c/photos?view=nonsense&zoom=99&rating=x&q=boat', service.url).href);
  await expectPage(cells(page)).toHaveCount(1);
});

it('has no barriers in light and dark, on a screen and on a phone', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const page = await openPage(service, '/', { colorScheme, viewport });
      await expectPage(cells(page).first()).toBeVisible();
      expect(await findBarriers(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
  }
});

it('changes what is selected as one job, and undoes what can be undone', async () => {
  const page = await openPage(service, '/c/photos?sort=TITLE');
  await expectPage(cells(page)).toHaveCount(6);
  await page.getByRole('gridcell', { name: 'Boat' }).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowRight');
  await expectPage(page.getByRole('toolbar')).toContainText('2 items selected');
  await page.getByRole('button', { name: 'Make favourite' }).click();
  await expectPage(page.getByText('2 items changed')).toBeVisible();
  await expectPage(page.getByRole('gridcell', { name: 'Cliff, Favourite' })).toBeVisible();

  await page.keyboard.press('Control+a');
  await expectPage(page.getByRole('toolbar')).toContainText('6 items selected');
  await page.getByRole('button', { name: 'Select Elm' }).click();
  await expectPage(page.getByRole('toolbar')).toContainText('5 items selected');
  await page.keyboard.press('Delete');
  await expectPage(cells(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectPage(cells(page)).toHaveCount(6);

  await page.getByRole('gridcell', { name: 'Boat' }).focus();
  await page.keyboard.press('x');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
});
