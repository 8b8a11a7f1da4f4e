// How the page feels with a million items: `npx tsx test/bench/web-scroll.ts [ROWS] [MINUTES]` builds the page, starts the real service with so
// many made-up items (1 000 000), opens it in the Chromium of the browser tests and prints each figure as a share of its limit:
// the largest paint with a processor four times as slow and a network of 10 Mbit/s, the frames while the list runs at 4 000 pixels a second
// beside those of an empty page in the same run, long tasks, elements, shifts, requests, the way from a tile to the viewer, and what the heap grows by
// in MINUTES (5; 0 leaves it out). Thumbnails are pictures made beforehand: what the service takes to make them is measured elsewhere.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page, type Request } from 'playwright';
import { buildPage } from '../support/build-page.ts';
import { findChromium } from '../support/find-chromium.ts';
import { openMillion } from './million-service.ts';
import { followFrames, growthOfHeap, openViewer, scrollFor, watchPage, type Frames } from './page-figures.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const minutes = Number(process.argv[3] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'web-scroll-'));
const { executable, env } = await findChromium();

try {
  await buildPage(join(folder, 'page'));
  const million = await openMillion(folder, rows);
  const browser = await chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env },
    args: ['--font-render-hinting=none', '--disable-dev-shm-usage'],
  });
  try {
    await measurePaint(browser, million.url);
    await measureScrolling(browser, million.url);
  } finally {
    await browser.close();
    await million.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Five times with nothing in any cache, in turn with a page that is one picture: it shows what the machine takes of the time. */
async function measurePaint(browser: Browser, url: string): Promise<void> {
  const times: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < 10; round++) {
    const isOurs = round % 2 === 1;
    const { page, close } = await openFresh(browser);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    const speed = 10_000_000 / 8;
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 40,
      downloadThroughput: speed,
      uploadThroughput: speed,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(isOurs ? url : new URL('plain', url).href);
    await page.waitForFunction(
      (least) => [...document.images].filter((image) => image.complete).length > least,
      isOurs ? 10 : 0,
    );
    await page.waitForTimeout(1_500);
    const { paint, shift } = await page.evaluate(() => window.figures);
    (isOurs ? times : plain).push(paint);
    if (round === 1) say('layout shift of the first screen', shift, 0.02);
    await close();
  }
  console.log(`largest paint of a page that is one picture: ${(median(plain) / 1_000).toFixed(2)} s`);
  say('largest paint, seconds', median(times) / 1_000, 1.2);
}

async function measureScrolling(browser: Browser, url: string): Promise<void> {
  const { page, close } = await openFresh(browser);
  const empty = await openFresh(browser);
  await empty.page.goto(new URL('icon.svg', url).href);
  await page.goto(url);
  await page.waitForFunction(() => [...document.images].filter((image) => image.complete).length > 10);
  await measureFrames(page, empty.page);
  await empty.close();
  await measureRequests(page);

  await page.keyboard.press('Home');
  await page.waitForTimeout(1_000);
  const opened: number[] = [];
  for (let time = 0; time < 6; time++) opened.push(await openViewer(page, time));
  say('tile to viewer the first time, ms', opened[0] ?? 0, 300);
  say('tile to viewer later on, ms', median(opened.slice(1)), 100);
  if (minutes > 0) say(`heap grown in ${minutes} minutes, MB`, await growthOfHeap(page, minutes), 5);
  await close();
}

/** The two pages take turns, so that whatever else the machine does counts for both. */
async function measureFrames(page: Page, empty: Page): Promise<void> {
  const ours: Frames[] = [];
  const theirs: Frames[] = [];
  for (let round = 0; round < 5; round++) {
    await empty.bringToFront();
    theirs.push(await followFrames(empty, 2_000, 0));
    await page.bringToFront();
    ours.push(await followFrames(page, 2_000, 4_000));
  }
  const usual = median(theirs.flatMap(({ intervals }) => intervals));
  const shareOf = (frames: Frames[]) => {
    const all = frames.flatMap(({ intervals }) => intervals);
    return all.filter((interval) => interval <= 1.2 * usual).length / all.length;
  };
  console.log(
    `frames of an empty page: ${usual.toFixed(1)} ms, ${(100 * shareOf(theirs)).toFixed(1)} % within 1.2 times of that`,
  );
  say('share of late frames while scrolling', 1 - shareOf(ours), 0.05);
  const tasks = ours.flatMap(({ longTasks }) => longTasks);
  say('longest task while scrolling, ms', Math.max(0, ...tasks), 50);
  console.log(
    `tasks above 50 ms while scrolling: ${tasks.length}; of the empty page: ${theirs.flatMap(({ longTasks }) => longTasks).length}`,
  );
  say('elements at most', Math.max(...ours.map(({ elements }) => elements)), 2_500);
  say('layout shift of a run', await page.evaluate(() => window.figures.shift), 0.02);
}

/** What is passed too quickly is not asked for; what is asked for and passed is taken back. */
async function measureRequests(page: Page): Promise<void> {
  let asked = 0;
  let takenBack = 0;
  let answered = 0;
  page.on('request', (request) => isQuestion(request) && asked++);
  page.on('requestfailed', (request) => isQuestion(request) && takenBack++);
  page.on('requestfinished', (request) => isQuestion(request) && answered++);
  await scrollFor(page, 5_000, 6_000);
  console.log(`requests for pages at 6 000 px/s in 5 s: ${asked}, of them taken back ${takenBack}`);
  [asked, takenBack, answered] = [0, 0, 0];
  await scrollFor(page, 5_000, 2_000);
  await page.waitForTimeout(2_000);
  console.log(`requests for pages at 2 000 px/s in 5 s: ${asked}, answered ${answered}, taken back ${takenBack}`);
}

async function openFresh(browser: Browser): Promise<{ page: Page; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // What tsx compiles names its functions by a helper that pages do not have.
  await context.addInitScript('globalThis.__name = (named) => named;');
  await context.addInitScript(watchPage);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  return { page, close: () => context.close() };
}

function say(what: string, value: number, limit: number): void {
  const verdict = value <= limit ? 'ok' : 'OVER';
  console.log(
    `${what}: ${Number(value.toPrecision(3))}, ${(value / limit).toFixed(2)} of the limit of ${limit} ${verdict}`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function isQuestion(request: Request): boolean {
  return request.url().endsWith('/graphql');
}
