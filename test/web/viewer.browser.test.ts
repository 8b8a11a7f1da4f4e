import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'photos', default: true, media_type: 'image', label: 'Photos' },
      { key: 'others', media_type: 'image', label: 'Others' },
    ],
  });
  const root = service.category('photos').rootPath;
  for (const [at, name] of ['A', 'B', 'C', 'D', 'E'].entries())
    await draw(join(root, `${name}.jpg`), 600, 400, 40 * at);
  await draw(join(root, 'F large.jpg'), 4_000, 3_000, 250);
  await copyFile(fileURLToPath(new URL('../fixtures/probe/hevc-rotated.heic', import.meta.url)), join(root, 'G.heic'));
  await writeFile(join(root, 'H torn.jpg'), 'no picture at all');
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

async function draw(file: string, width: number, height: number, red: number): Promise<void> {
  const background = { r: red, g: 90, b: 160 };
  await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toFile(file);
}

const inOrder = '/c/photos?sort=TITLE';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const shown = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** The picture of the slide that is seen. */
function picture(page: Page) {
  return page.locator('.pswp__item[aria-hidden=false] img.pswp__img:not(.pswp__img--placeholder)');
}

type Point = [x: number, y: number];

/** Moves fingers over the page, each along its own way. */
async function touch(page: Page, ...ways: (readonly [from: Point, to: Point])[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const steps = 8;
  const at = (step: number) =>
    ways.map(([from, to], id) => {
      const along = (axis: 0 | 1) => from[axis] + ((to[axis] - from[axis]) * step) / steps;
      return { x: along(0), y: along(1), id };
    });
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let step = 1; step <= steps; step++) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step) });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

it('the filmstrip follows, leads to its pictures, and is there again the next time', async () => {
  const page = await openPage(service, inOrder);
  await cells(page).nth(1).click();
  await expectPage(shown(page, 'B')).toBeVisible();
  await page.keyboard.press('t');
  const strip = page.getByRole('group', { name: 'Filmstrip' });
  await expectPage(strip.getByRole('button')).toHaveCount(8);
  await expectPage(strip.locator('[aria-current]')).toHaveAccessibleName('B');
  await strip.getByRole('button', { name: 'D', exact: true }).click();
  await expectPage(shown(page, 'D')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expectPage(strip.locator('[aria-current]')).toHaveAccessibleName('E');
  expect(await findBarriers(page)).toEqual([]);
  await page.reload();
  await expectPage(strip.locator('[aria-current]')).toHaveAccessibleName('E');
  // What lies below cannot be reached, and can again afterwards.
  await expectPage(page.locator('[inert] [role=gridcell]').first()).toBeAttached();
  await page.keyboard.press('Escape');
  await expectPage(page.locator('[inert]')).toHaveCount(0);
});

it('a slideshow goes as fast as it was told, and stops when somebody takes over', async () => {
  const page = await openPage(service, inOrder, { reducedMotion: 'reduce' });
  await cells(page).first().click();
  await expectPage(shown(page, 'A')).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemradio', { name: 'Every 3 seconds' }).click();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Slideshow' }).click();
  await expectPage(shown(page, 'B')).toBeVisible();
  await expectPage(shown(page, 'C')).toBeVisible();
  await page.mouse.click(700, 450);
  await expectPage(page.getByRole('button', { name: 'Slideshow', exact: true })).toBeVisible();
});

it('shows the file itself when somebody looks closer, HEIC by a picture of it, and says what is damaged', async () => {
  const page = await openPage(service, inOrder);
  await cells(page).nth(5).click();
  await expectPage(shown(page, 'F large')).toBeVisible();
  await expectPage(picture(page)).toHaveJSProperty('complete', true);
  await page.keyboard.press('z');
  const widthOfFile = () =>
    picture(page).evaluate(async (image: HTMLImageElement) => {
      const file = new Image();
      file.src = image.currentSrc;
      // It may be between two sources.
      await file.decode().catch(() => undefined);
      return file.naturalWidth;
    });
  await expectPage.poll(widthOfFile).toBe(4_000);
  await page.keyboard.press('ArrowRight');
  await expectPage(shown(page, 'G')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expectPage(shown(page, 'H torn')).toBeVisible();
  await expectPage(page.getByText('This picture cannot be shown. The file may be damaged.')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/c/photos');
});

it('is walked through and zoomed by fingers, and drawn down to leave', async () => {
  const page = await openPage(service, inOrder, phone);
  await cells(page).nth(0).tap();
  await expectPage(shown(page, 'A')).toBeVisible();
  await expectPage(picture(page)).toHaveJSProperty('complete', true);
  await touch(page, [
    [340, 420],
    [40, 420],
  ]);
  await expectPage(shown(page, 'B')).toBeVisible();
  await touch(page, [
    [40, 420],
    [340, 420],
  ]);
  await expectPage(shown(page, 'A')).toBeVisible();

  const width = async () => (await picture(page).boundingBox())?.width ?? 0;
  await expectPage.poll(width).toBeCloseTo(390, 0);
  const fingers = [
    [
      [180, 420],
      [60, 420],
    ],
    [
      [210, 420],
      [330, 420],
    ],
  ] as const satisfies [Point, Point][];
  await touch(page, ...fingers);
  await expectPage.poll(width).toBeGreaterThan(500);
  await page.touchscreen.tap(195, 420);
  await page.touchscreen.tap(195, 420);
  await expectPage.poll(width).toBeCloseTo(390, 0);
  expect(await findBarriers(page)).toEqual([]);
  await touch(page, [
    [195, 300],
    [195, 700],
  ]);
  await expectPage(page.getByRole('dialog')).toHaveCount(0);
});

it('says of a link what became of it, and leads on', async () => {
  const page = await openPage(service, '/item/TWVkaWFJdGVtOjk5OTk5OTk');
  await expectPage(page.getByRole('alert')).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expectPage(cells(page)).toHaveCount(8);
  await page.getByRole('gridcell', { name: 'A', exact: true }).click();
  const link = `/item/${new URL(page.url()).searchParams.get('item')}`;
  await expectPage(shown(page, 'A')).toBeVisible();
  await page.keyboard.press('Delete');
  await expectPage(page.getByText('1 item removed')).toBeVisible();
  await page.goto(new URL(link, service.url).href);
  await expectPage(page.getByText('This item was removed.')).toBeVisible();
  await page.getByRole('button', { name: 'Put it back' }).click();
  await expectPage(page.getByText('This item was removed.')).toHaveCount(0);
});

it('keeps what is typed until it is saved, and says beside the field what keeps it', async () => {
  const page = await openPage(service, inOrder);
  await cells(page).nth(2).click();
  await expectPage(shown(page, 'C')).toBeVisible();
  await page.keyboard.press('i');
  const details = page.getByRole('complementary', { name: 'Details' });
  const title = details.getByLabel('Title');
  const id = new URL(page.url()).searchParams.get('item') ?? '';
  const rename = (to: string) =>
    service.post({
      query: 'mutation ($input: UpdateMediaInput!) { updateMedia(input: $input) { __typename } }',
      variables: { input: { id, title: to } },
    });

  // Somebody else was faster.
  await title.fill('Mine');
  await rename('Theirs');
  await title.press('Enter');
  await expectPage(details.getByRole('alert')).toContainText('Somebody else has changed this meanwhile, to “Theirs”.');
  expect(await findBarriers(page)).toEqual([]);
  await details.getByRole('button', { name: 'Keep mine' }).click();
  await expectPage(details.getByText('Saved')).toBeVisible();
  await expectPage(shown(page, 'Mine')).toBeVisible();
  // What is not being typed shows what others write.
  await rename('Later');
  await expectPage(title).toHaveValue('Later');

  // What is refused stays typed.
  const long = 'x'.repeat(2_000);
  await title.fill(long);
  await title.press('Enter');
  await expectPage(details.getByRole('alert')).toBeVisible();
  await expectPage(title).toHaveValue(long);
  await title.press('Escape');
  await expectPage(title).toHaveValue('Later');

  // What nothing answers to is saved as soon as something does, also after a reload.
  const description = details.getByLabel('Description');
  await page.route('**/graphql', (route) => route.abort());
  await description.fill('By the sea');
  await title.focus();
  await expectPage(details.getByRole('alert')).toContainText('What you typed is kept');
  await page.unroute('**/graphql');
  await expectPage(details.getByText('Saved')).toBeVisible();
  await description.fill('By the sea, at night');
  await page.reload();
  await expectPage(shown(page, 'Later')).toBeVisible();
  await page.keyboard.press('i');
  await expectPage(description).toHaveValue('By the sea, at night');
  await details.getByRole('button', { name: 'Save' }).click();
  await expectPage(details.getByText('Saved')).toBeVisible();

  await details.getByLabel('Add a tag').fill('night');
  await details.getByLabel('Add a tag').press('Enter');
  await expectPage(details.getByRole('button', { name: 'Remove the tag night' })).toBeVisible();
  await details.getByRole('button', { name: '4 stars' }).click();
  await expectPage(details.getByRole('button', { name: '4 stars' })).toHaveAttribute('aria-pressed', 'true');
  await details.getByLabel('Category').selectOption('Others');
  const stored = async () => {
    const query = 'query ($id: ID!) { mediaItem(id: $id) { title description rating tags category { key } } }';
    return (await service.post({ query, variables: { id } })).body.data;
  };
  await expect.poll(stored, { timeout: 60_000 }).toEqual({
    mediaItem: {
      title: 'Later',
      description: 'By the sea, at night',
      rating: 4,
      tags: ['night'],
      category: { key: 'others' },
    },
  });
});

it('stays at its item when another one comes before it', async () => {
  const page = await openPage(service, inOrder);
  const name = (await cells(page).nth(4).getAttribute('aria-label')) ?? '';
  await cells(page).nth(4).click();
  await expectPage(shown(page, name)).toBeVisible();
  await expectPage(page.getByRole('status').filter({ hasText: /^5 of/ })).toBeVisible();
  const address = page.url();
  await draw(join(service.category('photos').rootPath, '0 first.jpg'), 600, 400, 90);
  await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
  await expectPage(page.getByRole('status').filter({ hasText: /^6 of/ })).toBeVisible();
  await expectPage(shown(page, name)).toBeVisible();
  // It was not left on the way: what lies below is still out of reach.
  await expectPage(page.locator('[inert] [role=gridcell]').first()).toBeAttached();
  expect(page.url()).toBe(address);
});
