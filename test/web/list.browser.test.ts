import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

/** Pictures of four shapes, of which all others are made. */
const shapes = [
  { width: 600, height: 400 },
  { width: 300, height: 450 },
  { width: 400, height: 400 },
  { width: 2_000, height: 100 },
];
const months = ['2015-03', '2014-12', '2014-03', '2012-06'];
const perMonth = 150;

const pictures: Buffer[] = [];

/** What follows the end of a JPEG makes it another file, and no other picture. */
async function addPicture(name: string, shape: number): Promise<void> {
  const bytes = Buffer.concat([pictures[shape] ?? Buffer.alloc(0), Buffer.from(name)]);
  await writeFile(join(service.category('photos').rootPath, name), bytes);
}

async function scan(): Promise<void> {
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
}

/** The time of day has the number in its minutes and seconds. */
function nameOf(month: string, at: number): string {
  const day = String(1 + (at % 28)).padStart(2, '0');
  const minute = String(Math.floor(at / 60)).padStart(2, '0');
  return `IMG_${month.replace('-', '')}${day}_12${minute}${String(at % 60).padStart(2, '0')}.jpg`;
}

beforeAll(async () => {
  service = await openServiceWithPage();
  for (const [at, { height, width }] of shapes.entries()) {
    const background = { r: 60 * at, g: 120, b: 220 - 40 * at };
    pictures.push(
      await sharp({ create: { width, height, channels: 3, background } })
        .jpeg()
        .toBuffer(),
    );
  }
  for (const month of months) {
    for (let at = 0; at < perMonth; at++) await addPicture(nameOf(month, at), shapeOf(at));
  }
  await scan();
});
afterAll(() => service.close());

/** So that the days have all shapes. */
const shapeOf = (at: number) => (at + Math.floor(at / 28)) % shapes.length;
const total = months.length * perMonth;
const toolbar = (page: Page) => page.getByRole('toolbar');

async function boxOf(cell: Locator) {
  const box = await cell.boundingBox();
  return box ?? { x: Number.NaN, y: Number.NaN, width: Number.NaN, height: Number.NaN };
}

it('shows a wall of pictures at their own shapes, in which what is seen stays where it is', async () => {
  const page = await openPage(service, '/?view=wall');
  await expectPage(cells(page).nth(20)).toBeVisible();
  const rows = await page.locator('[role=row]:has([aria-label][role=gridcell])').evaluateAll((all) =>
    all.slice(0, 4).map((row) =>
      [...row.querySelectorAll('[role=gridcell]')].map((cell) => {
        const { height, left, right, width } = cell.getBoundingClientRect();
        return { ratio: width / height, left, right };
      }),
    ),
  );
  const ends = rows.map((row) => row.at(-1)?.right ?? 0);
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(2);
  const ratios = rows.flat().map(({ ratio }) => (ratio > 3 ? 'panorama' : ratio.toFixed(1)));
  expect([...new Set(ratios)].toSorted()).toEqual(['0.7', '1.0', '1.5', 'panorama']);
  expect(await findBarriers(page)).toEqual([]);

  await cells(page).first().focus();
  const above = await boxOf(cells(page).first());
  await page.keyboard.press('ArrowDown');
  const below = await boxOf(page.locator('[role=gridcell]:focus'));
  expect(below.y).toBeGreaterThan(above.y);
  const middle = above.x + above.width / 2;
  expect(middle).toBeGreaterThan(below.x - 6);
  expect(middle).toBeLessThan(below.x + below.width + 6);

  await page.keyboard.press('End');
  await expectPage(page.locator('[role=gridcell]:focus')).toBeInViewport();
  await expectPage(page.locator('[role=gridcell]:not([aria-label])')).toHaveCount(0);
  // What lies above was never loaded: when it comes, nothing in view moves but by the wheel.
  const held = page.locator('[role=gridcell]:focus');
  const before = await boxOf(held);
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, -200);
  await expectPage.poll(async () => Math.round((await boxOf(held)).y - before.y)).toBe(200);
  await expectPage(page.locator('[role=gridcell]:not([aria-label])')).toHaveCount(0);
  expect(Math.round((await boxOf(held)).y - before.y)).toBe(200);
  await expectPage(held).toBeFocused();
});

it('chooses what was never loaded, less one, and changes all of it as one job', async () => {
  const page = await openPage(service);
  await expectPage(cells(page).nth(20)).toBeVisible();
  await cells(page).first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+End');
  await expectPage(toolbar(page)).toContainText(`${total} items selected`);
  await expectPage(cells(page).last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('x');
  await expectPage(toolbar(page)).toContainText(`${total - 1} items selected`);
  await page.keyboard.press('Home');
  await expectPage(cells(page).nth(3)).toHaveAttribute('aria-selected', 'true');
  await expectPage(page.getByRole('checkbox', { name: 'Select March 2015' })).toHaveAttribute('aria-checked', 'true');
  await page.getByRole('button', { name: 'Make favourite' }).click();
  await expectPage(page.getByText(`${total - 1} items changed`)).toBeVisible();
  await expectPage(toolbar(page)).toHaveCount(0);

  // A month at its heading; one of everything is left out the same way.
  await page.getByRole('checkbox', { name: 'Select March 2015' }).click();
  await expectPage(toolbar(page)).toContainText(`${perMonth} items selected`);
  await page.keyboard.press('Control+a');
  await expectPage(toolbar(page)).toContainText(`${total} items selected`);
  await page.getByRole('checkbox', { name: 'Select March 2015' }).click();
  await expectPage(toolbar(page)).toContainText(`${total - perMonth} items selected`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await expectPage(toolbar(page)).toContainText(`${perMonth} items selected`);
  await page.getByRole('button', { name: 'Rate' }).click();
  await page.getByRole('menuitem', { name: '4 stars' }).click();
  await expectPage(page.getByText(`${perMonth} items changed`)).toBeVisible();
  expect(await service.app.database.prisma.mediaItem.count({ where: { rating: 4 } })).toBe(perMonth);
});

it('offers filters with their counts, and none that finds nothing', async () => {
  const page = await openPage(service, '/?dup=nonsense&len=9-1&in=..%2Fx');
  await expectPage(cells(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filters' });
  await expectPage(panel.getByRole('button', { name: `2014 ${2 * perMonth}` })).toBeVisible();
  await expectPage(panel.getByRole('button', { name: `jpg ${total}` })).toBeVisible();
  await expectPage(panel.getByRole('button', { name: /Films|png/ })).toHaveCount(0);
  expect(await findBarriers(page)).toEqual([]);
  await panel.getByRole('button', { name: `2014 ${2 * perMonth}` }).click();
  await expectPage(page.getByRole('rowheader')).toHaveText(['December 2014']);
  expect(new URL(page.url()).search).toBe('?from=2014-01-01&to=2014-12-31');
  await panel.getByRole('button', { name: 'High', exact: true }).click();
  await panel.getByText('More filters').click();
  await panel.getByLabel('Width, at most, px').fill('300');
  await panel.getByLabel('Width, at most, px').press('Enter');
  await expectPage.poll(() => new URL(page.url()).searchParams.get('w')).toBe('-300');
  const high = Array.from({ length: perMonth }, (_, at) => shapeOf(at)).filter((shape) => shape === 1).length;
  await expectPage(page.getByRole('grid')).toHaveAttribute('aria-label', `All, ${2 * high} items`);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove the filter Width up to 300 px' }).click();
  await page.getByRole('button', { name: 'Remove the filter High' }).click();
  await page.goBack();
  await expectPage(page.getByRole('button', { name: 'Remove the filter High' })).toBeVisible();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await panel.getByRole('button', { name: 'Clear 2 filters' }).click();
  await expectPage(page.getByRole('rowheader').first()).toHaveText('March 2015');
});

it('goes to a date, and by days, months and years', async () => {
  const page = await openPage(service);
  await expectPage(cells(page).nth(20)).toBeVisible();
  const focused = page.locator('[role=gridcell]:focus');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Go to a date' });
  await page.keyboard.type('2014-13');
  await page.keyboard.press('Enter');
  await expectPage(dialog.getByRole('alert')).toContainText('That is no date');
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2014-3');
  await page.keyboard.press('Enter');
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 20140328/);
  await page.keyboard.press('d');
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 20140327/);
  await page.keyboard.press('y');
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 20120628/);
  await page.keyboard.press('Shift+M');
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 20140328/);
  await page.keyboard.press('Shift+G');
  await dialog.getByRole('button', { name: /^2015/ }).click();
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 20150328/);
  await page.keyboard.press('Control+ArrowRight');
  const box = await boxOf(focused);
  await page.keyboard.press('ArrowRight');
  await expectPage.poll(async () => (await boxOf(focused)).y).toBeGreaterThan(box.y);
});

it('tells what came above, moves nothing, and shows what goes', async () => {
  const page = await openPage(service);
  await expectPage(cells(page).nth(20)).toBeVisible();
  await cells(page).first().focus();
  await page.keyboard.press('End');
  const focused = page.locator('[role=gridcell]:focus');
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 201206/);
  const before = await boxOf(focused);
  const label = await focused.getAttribute('aria-label');
  for (const at of [0, 1, 2]) await addPicture(nameOf('2016-01', at), at);
  await scan();
  await expectPage(page.getByRole('button', { name: '3 new' })).toBeVisible();
  await expectPage(focused).toHaveAttribute('aria-label', label ?? '');
  expect(Math.abs((await boxOf(focused)).y - before.y)).toBeLessThan(1);
  await page.getByRole('button', { name: '3 new' }).click();
  await expectPage(focused).toHaveAttribute('aria-label', /^IMG 20160103/);
  await expectPage(page.getByRole('rowheader').first()).toHaveText('January 2016');
  await expectPage(page.getByRole('button', { name: '3 new' })).toHaveCount(0);

  // At the very top what comes just appears, and what somebody else removes goes.
  const other = await openPage(service);
  await expectPage(cells(other).first()).toHaveAttribute('aria-label', /^IMG 20160103/);
  await addPicture(nameOf('2016-02', 0), 0);
  await scan();
  await expectPage(cells(page).first()).toHaveAttribute('aria-label', /^IMG 20160201/);
  await other.getByRole('gridcell', { name: /^IMG 20160103/ }).focus();
  await other.keyboard.press('x');
  await expectPage(toolbar(other)).toContainText('1 item selected');
  await other.keyboard.press('Delete');
  await expectPage(page.getByRole('gridcell', { name: /^IMG 20160103/ })).toHaveCount(0);

  await page.getByRole('link', { name: 'Trash' }).click();
  await expectPage(cells(page)).toHaveCount(1);
  await expectPage(cells(page).first()).toHaveAttribute('aria-label', /^IMG 20160103.*Removed/);
  await cells(page).first().focus();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Restore' }).click();
  await expectPage(page.getByText('Nothing was removed.')).toBeVisible();
  await page.goBack();
  await expectPage(page.getByRole('gridcell', { name: /^IMG 20160103/ })).toBeVisible();
});

it('keeps a view under a name, in the sidebar', async () => {
  const page = await openPage(service, '/?from=2014-01-01&to=2014-12-31&view=wall');
  await expectPage(cells(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByLabel('Name of the view').fill('Two thousand fourteen');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Favourites' }).click();
  await page.getByRole('link', { name: 'Two thousand fourteen' }).click();
  await expectPage(page.getByRole('rowheader').first()).toHaveText('December 2014');
  expect(new URL(page.url()).searchParams.get('view')).toBe('wall');
  await page.getByRole('link', { name: 'Favourites' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('fourteen');
  await expectPage(page.getByRole('option').first()).toContainText('Saved views');
  await page.keyboard.press('Enter');
  await expectPage(page.getByRole('rowheader').first()).toHaveText('December 2014');
  await page.reload();
  await page.getByRole('button', { name: 'Change the view Two thousand fourteen' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('Name of the view').fill('2014');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Change the view 2014' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expectPage(page.getByRole('link', { name: '2014', exact: true })).toHaveCount(0);
});

it('a finger that rests on a tile chooses, and goes on over others; two change the size of tiles', async () => {
  const page = await openPage(service, '/', { hasTouch: true, viewport: { width: 390, height: 844 } });
  await expectPage(cells(page).nth(9)).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const middle = async (at: number) => {
    const { height, width, x, y } = await boxOf(cells(page).nth(at));
    return { x: x + width / 2, y: y + height / 2 };
  };
  await touch('touchStart', await middle(0));
  await expectPage(toolbar(page)).toContainText('1 item selected');
  await touch('touchMove', await middle(1));
  await touch('touchMove', await middle(2));
  await expectPage(toolbar(page)).toContainText('3 items selected');
  await touch('touchEnd');
  await page.getByRole('button', { name: 'Clear the selection' }).click();

  const { width } = await boxOf(cells(page).first());
  await touch('touchStart', { x: 150, y: 400 }, { x: 200, y: 400 });
  await touch('touchMove', { x: 120, y: 400 }, { x: 240, y: 400 });
  await touch('touchEnd');
  await expect.poll(async () => (await boxOf(cells(page).first())).width, { timeout: 60_000 }).toBeGreaterThan(width);
});
