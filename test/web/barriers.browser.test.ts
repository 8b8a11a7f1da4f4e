import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage();
  const root = service.category('photos').rootPath;
  for (const [at, name] of ['Alder', 'Boat', 'Cliff'].entries()) {
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#258' } })
      .jpeg()
      .withExif({ IFD2: { DateTimeOriginal: `2014:03:0${at + 1} 12:00:00` } })
      .toFile(join(root, `${name}.jpg`));
  }
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

const button = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();

/** Every route, and whatever opens above one, by what opens it and what shows that it is open. */
const places: [
  path: string,
  open: (page: Page) => Promise<void>,
  shown: (page: Page) => ReturnType<Page['locator']>,
][] = [
  ['/', () => Promise.resolve(), (page) => cells(page).first()],
  ['/c/photos?view=table', () => Promise.resolve(), (page) => page.getByRole('gridcell').first()],
  ['/c/photos?q=nothing', () => Promise.resolve(), (page) => page.getByText('Nothing matches.')],
  ['/c/photos/folders/', () => Promise.resolve(), (page) => cells(page).first()],
  ['/c/photos/groups/', () => Promise.resolve(), (page) => page.getByRole('heading', { level: 1 })],
  ['/trash', () => Promise.resolve(), (page) => page.getByText('Nothing was removed.')],
  ['/c/nowhere', () => Promise.resolve(), (page) => page.getByText('There is nothing at this address.')],
  ['/', button('Filters'), (page) => page.getByText('Taken').first()],
  ['/', button('Order'), (page) => page.getByRole('menu')],
  ['/', button('Account and settings'), (page) => page.getByRole('menu')],
  ['/', (page) => page.keyboard.press('?'), (page) => page.getByRole('dialog', { name: 'Keys' })],
  ['/', (page) => page.keyboard.press('Control+a'), (page) => page.getByRole('toolbar')],
  [
    '/c/photos?sort=TITLE',
    (page) => cells(page).first().click(),
    (page) => page.getByRole('dialog', { name: 'Alder' }),
  ],
];

/** Goes to an address as a link does, which loads nothing anew. */
const goTo = (page: Page, path: string) => page.evaluate((to) => history.pushState(null, '', to), path);

it.each([
  ['a screen', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
])(
  'has no barriers on any route and in nothing that opens, in both themes, on %s, and moves nothing for who wants it calm',
  { timeout: 900_000 },
  async (_what, viewport) => {
    const found: Record<string, string[]> = {};
    const page = await openPage(service, '/', { viewport, reducedMotion: 'reduce', colorScheme: 'light' });
    await expectPage(page.getByRole('navigation').getByRole('link').first()).toBeVisible();
    await noteMotion(page);
    for (const [at, [path, open, shown]] of places.entries()) {
      // Whatever was open is closed by what comes between.
      await goTo(page, '/status');
      await expectPage(page.getByRole('heading', { level: 1, name: 'Status' })).toBeVisible();
      await goTo(page, path);
      if (path === '/' || path.includes('TITLE')) await expectPage(cells(page).first()).toBeVisible();
      await open(page);
      await expectPage(shown(page)).toBeVisible();
      found[`${at} ${path} light`] = await findBarriers(page);
      // A theme changes colours and nothing else.
      await page.emulateMedia({ colorScheme: 'dark' });
      found[`${at} ${path} dark`] = await findBarriers(page, 'of colours');
      await page.emulateMedia({ colorScheme: 'light' });
      expect([path, await motion(page)]).toEqual([path, []]);
      await page.keyboard.press('Escape');
    }
    // Others see where a menu comes from.
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await goTo(page, '/');
    await button('Order')(page);
    await expectPage.poll(() => motion(page)).not.toEqual([]);
    expect(Object.entries(found).filter(([, barriers]) => barriers.length > 0)).toEqual([]);
  },
);

/** Notes from now on whatever moves by itself on a page. */
async function noteMotion(page: Page): Promise<void> {
  await page.evaluate(() => {
    const moves: string[] = [];
    Object.assign(window, { moves });
    for (const type of ['transitionrun', 'animationstart']) {
      document.addEventListener(type, (event) =>
        moves.push(`${type} ${(event.target as Element).getAttribute('class')}`),
      );
    }
  });
}

/** What has moved by itself since, and what moves at this moment. */
function motion(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { moves } = window as unknown as { moves: string[] };
    return [...moves, ...document.getAnimations().map(({ id, playState }) => `${playState} ${id}`)];
  });
}

it('fits a screen of 320 pixels, text of twice the size, and a system that forces its colours', async () => {
  const page = await openPage(service, '/', { viewport: { width: 320, height: 640 }, forcedColors: 'active' });
  for (const path of ['/', '/c/photos?view=table', '/c/photos/folders/', '/trash']) {
    await page.goto(new URL(path, service.url).href);
    await expectPage(page.getByRole('navigation').getByRole('link').first()).toBeVisible();
    expect([path, await overflow(page)]).toEqual([path, 0]);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect([path, '200 %', await overflow(page)]).toEqual([path, '200 %', 0]);
  }
  await page.goto(service.url.replace(/graphql$/, 'c/photos?sort=TITLE'));
  await cells(page).first().focus();
  await page.keyboard.press('x');
  await expectPage(page.getByRole('toolbar')).toBeVisible();
  const outlines = await cells(page).evaluateAll((all) =>
    all.map(
      (cell) =>
        Number.parseFloat(getComputedStyle(cell).outlineWidth) > 0 && getComputedStyle(cell).outlineStyle !== 'none',
    ),
  );
  // The chosen one, which has the focus too, and no other.
  expect(outlines).toEqual([true, false, false]);
  await page.keyboard.press('ArrowRight');
  await expectPage(cells(page).nth(1)).toBeFocused();
  await expectPage
    .poll(() => cells(page).evaluateAll((all) => all.map((cell) => getComputedStyle(cell).outlineStyle !== 'none')))
    .toEqual([true, true, false]);
});

it('has in the bar of a phone what there is room for, and the rest behind a button', async () => {
  const page = await openPage(service, '/', { viewport: { width: 320, height: 640 } });
  const bar = page.getByRole('navigation');
  const more = page.getByRole('dialog', { name: 'More places' });
  await expectPage(bar.getByRole('link')).toHaveText([/^All/, /^Movies/, /^Photos/]);
  const hidden = await bar
    .locator('a, button')
    .evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect()).filter(({ left, right }) => left < 0 || right > innerWidth),
    );
  expect(hidden).toEqual([]);
  await bar.getByRole('button', { name: 'More places' }).click();
  await expectPage(more.getByRole('link', { name: 'Scan', exact: true })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findBarriers(page)).toEqual([]);
  }
  await more.getByRole('link', { name: 'Upload' }).click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Upload');
  await expectPage(more).toBeHidden();
  // A wider one has room for more, and the palette leads to all of them.
  await page.setViewportSize({ width: 700, height: 640 });
  await expectPage(bar.getByRole('link')).toHaveText([/^All/, /^Movies/, /^Photos/, /^Favourites/]);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Go to or do' }).getByRole('combobox').fill('status');
  await expectPage(page.getByRole('option', { name: /^Status/ })).toBeVisible();
});

it('leads by Tab through the page once around, and gives the focus back after whatever was open', async () => {
  const page = await openPage(service, '/c/photos?sort=TITLE');
  await expectPage(cells(page)).toHaveCount(3);
  // It is loaded behind the list.
  await expectPage(page.getByRole('button', { name: 'Account and settings' })).toBeVisible();
  const names: string[] = [];
  for (let time = 0; time < 60; time++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const { activeElement: at } = document;
      return at === null || at === document.body ? '' : (at.getAttribute('aria-label') ?? at.textContent ?? '').trim();
    });
    if (name === '' || (name === names[0] && time > 3)) break;
    names.push(name);
  }
  const order = ['Skip to the list', 'Photos3', 'Account and settings', 'Search', 'Filters', 'Alder'];
  expect(names.filter((name) => order.includes(name))).toEqual(order);
  expect(names.length).toBeLessThan(60);

  for (const [name, role] of [
    ['Filters', 'dialog'],
    ['Order', 'menu'],
    ['Layout', 'menu'],
    ['Account and settings', 'menu'],
  ] as const) {
    const opener = page.getByRole('button', { name }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expectPage(page.getByRole(role)).toBeVisible();
    await expectPage(page.locator('[data-viewer]')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expectPage(page.getByRole(role)).toHaveCount(0);
    await expectPage(opener, name).toBeFocused();
  }
});

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}
