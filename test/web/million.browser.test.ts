import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage();
});
afterAll(() => service.close());

/** Answers the page as a service with that many items a month would. Returns how many pages it was asked for. */
async function makeUp(page: Page, counts: readonly number[]): Promise<{ pages: () => number }> {
  const starts = counts.map((_, at) => counts.slice(0, at).reduce((sum, count) => sum + count, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let pages = 0;
  await page.route('**/graphql', async (route) => {
    const { variables = {} } = route.request().postDataJSON() as { variables?: Record<string, unknown> };
    if ('unit' in variables) {
      const mediaTimeline = counts.map((count, at) => ({
        key: `${2024 - Math.floor(at / 12)}-${String(12 - (at % 12)).padStart(2, '0')}`,
        count,
        cursor: String((starts[at] ?? 0) - 1),
      }));
      await route.fulfill({ json: { data: { mediaTimeline } } });
      return;
    }
    if (!('first' in variables)) {
      await route.fallback();
      return;
    }
    pages++;
    const { after, first, skip } = variables as { after: string | null; first: number; skip: number };
    const begin = Number(after ?? -1) + 1 + skip;
    const items = Array.from({ length: Math.max(0, Math.min(first, total - begin)) }, (_, at) => item(begin + at));
    const edges = items.map((node) => ({ node }));
    await route.fulfill({ json: { data: { media: { edges, pageInfo: { endCursor: items.at(-1)?.id ?? null } } } } });
  });
  await page.route('**/media/**', (route) => route.fulfill({ status: 404 }));
  return { pages: () => pages };
}

function item(number: number) {
  const url = `/media/${number}/thumbnail`;
  const urls = { thumbnailUrl: url, mediumUrl: url, screenUrl: url, posterUrl: url, displayUrl: url, streamUrl: url };
  const facts = { mediaType: 'IMAGE', status: 'AVAILABLE', favourite: false, rating: null, placeholder: null };
  const size = { width: 900, height: 600, sizeBytes: 1, durationSeconds: null };
  return {
    __typename: 'MediaItem',
    id: String(number),
    title: `Item ${number}`,
    relativePath: `${number}.jpg`,
    capturedAtLocal: '2014-03-05T12:00:00',
    category: { key: 'photos' },
    ...urls,
    ...facts,
    ...size,
  };
}

/** A million items in ten years, one month with far more than one request can leave out. */
const million = Array.from({ length: 120 }, (_, at) => (at === 60 ? 70_000 : Math.round(930_000 / 119)));
const total = million.reduce((sum, count) => sum + count, 0);

it.each([1, 2, 3])(
  'reaches the first, the middle and the last of a million at a pixel ratio of %d',
  async (deviceScaleFactor) => {
    const page = await openPage(service, '/trash', { deviceScaleFactor });
    const { pages } = await makeUp(page, million);
    await page.goto(new URL('/', service.url).href);
    await expectPage(page.getByRole('gridcell', { name: 'Item 0', exact: true })).toBeVisible();
    const before = pages();
    await page.getByRole('gridcell', { name: 'Item 0', exact: true }).focus();
    await page.keyboard.press('End');
    await expectPage(page.getByRole('gridcell', { name: `Item ${total - 1}`, exact: true })).toBeInViewport();
    await expectPage(page.getByRole('gridcell', { name: `Item ${total - 1}`, exact: true })).toBeFocused();
    // A jump asks for its screen and no more.
    expect(pages() - before).toBeLessThan(8);

    const scrubber = page.getByRole('slider', { name: 'Place in the list' });
    const box = await scrubber.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    await expectPage(scrubber).toHaveAttribute('aria-valuetext', /201\d|202\d/);
    await expectPage(cells(page).nth(30)).toBeVisible();
    const numbers = await cells(page).evaluateAll((all) =>
      all.map((cell) => Number(cell.getAttribute('aria-label')?.slice(5))),
    );
    expect(Math.abs((numbers[20] ?? 0) - total / 2)).toBeLessThan(total / 10);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2_500);

    await page.keyboard.press('Home');
    await scrubber.press('Home');
    await expectPage(page.getByRole('gridcell', { name: 'Item 0', exact: true })).toBeInViewport();
  },
);

it('lands in the middle of a month of 70 000, and scrolls on without a gap', async () => {
  const page = await openPage(service, '/trash');
  await makeUp(page, [10, 70_000, 10]);
  await page.goto(new URL('/', service.url).href);
  const scrubber = page.getByRole('slider');
  const box = await scrubber.boundingBox();
  await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) * 0.75);
  await expectPage(cells(page).nth(30)).toBeVisible();
  await page.mouse.move(600, 500);
  for (let time = 0; time < 10; time++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(100);
  }
  await expectPage(cells(page).nth(30)).toBeVisible();
  await expectPage(page.locator('[role=gridcell]:not([aria-label])')).toHaveCount(0);
  const numbers = await cells(page).evaluateAll((all) =>
    all.map((cell) => Number(cell.getAttribute('aria-label')?.slice(5))),
  );
  expect(numbers.slice(1).every((number, at) => number === (numbers[at] ?? 0) + 1)).toBe(true);
  expect(numbers[0]).toBeGreaterThan(40_000);
});
