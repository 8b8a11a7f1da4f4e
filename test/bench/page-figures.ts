import type { Page } from 'playwright';

interface Figures {
  /** When the largest paint was, in milliseconds. */
  paint: number;
  /** The sum of all layout shifts that nobody asked for. */
  shift: number;
  longTasks: number[];
}

declare global {
  interface Window {
    figures: Figures;
  }
}

export interface Frames {
  /** Milliseconds from one frame to the next. */
  intervals: number[];
  longTasks: number[];
  elements: number;
}

/** Runs in every page before its own scripts. */
export function watchPage(): void {
  const figures: Figures = { paint: 0, shift: 0, longTasks: [] };
  window.figures = figures;
  const see = (entry: PerformanceEntry) => {
    const { hadRecentInput = false, value = 0 } = entry as { hadRecentInput?: boolean; value?: number };
    if (entry.entryType === 'largest-contentful-paint') figures.paint = entry.startTime;
    else if (entry.entryType === 'longtask') figures.longTasks.push(entry.duration);
    else if (!hadRecentInput) figures.shift += value;
  };
  const watcher = new PerformanceObserver((list) => list.getEntries().forEach(see));
  for (const type of ['largest-contentful-paint', 'longtask', 'layout-shift'])
    watcher.observe({ type, buffered: true });
}

/** Follows the frames of a page for some time, while its list runs at so many pixels a second. */
export function followFrames(page: Page, milliseconds: number, speed: number): Promise<Frames> {
  return page.evaluate(
    ({ milliseconds, speed }) =>
      new Promise<Frames>((resolve) => {
        const list = document.getElementById('list');
        const intervals: number[] = [];
        let elements = 0;
        window.figures.longTasks.length = 0;
        const start = performance.now();
        let last = start;
        const frame = (now: number) => {
          const elapsed = now - last;
          if (elapsed > 0) intervals.push(elapsed);
          last = now;
          if (list !== null && speed > 0) list.scrollTop += (speed * elapsed) / 1_000;
          if (intervals.length % 20 === 0) elements = Math.max(elements, document.querySelectorAll('*').length);
          if (now - start < milliseconds) requestAnimationFrame(frame);
          // The first ones belong to the change of pages.
          else resolve({ intervals: intervals.slice(3), longTasks: [...window.figures.longTasks], elements });
        };
        requestAnimationFrame(frame);
      }),
    { milliseconds, speed },
  );
}

export async function scrollFor(page: Page, milliseconds: number, speed: number): Promise<void> {
  await followFrames(page, milliseconds, speed);
}

/** Opens a tile and closes it again. Returns the milliseconds from the click to the frame with its picture or what stands for it. */
export async function openViewer(page: Page, at: number): Promise<number> {
  await page.evaluate(() => {
    addEventListener(
      'click',
      () => {
        const start = performance.now();
        const watcher = new MutationObserver(() => {
          if (document.querySelector('[data-viewer] img, [data-viewer] .pswp__img') === null) return;
          watcher.disconnect();
          requestAnimationFrame(() => (document.body.dataset.opened = String(performance.now() - start)));
        });
        watcher.observe(document.body, { childList: true, subtree: true });
      },
      { once: true, capture: true },
    );
  });
  await page.locator('[role=gridcell][aria-label]').nth(at).click();
  await page.locator('body[data-opened]').waitFor();
  const took = Number(await page.evaluate(() => document.body.dataset.opened));
  await page.evaluate(() => delete document.body.dataset.opened);
  await page.keyboard.press('Escape');
  await page.locator('[data-viewer]').waitFor({ state: 'detached' });
  return took;
}

/** Scrolls slowly and quickly, and jumps, for some minutes. Returns the megabytes that the heap has grown by, without what is only garbage. */
export async function growthOfHeap(page: Page, minutes: number): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  const heap = async () => {
    await page.waitForTimeout(2_000);
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number };
    return usedSize / 1e6;
  };
  const round = async () => {
    for (const speed of [1_500, 6_000, -3_000]) await followFrames(page, 3_000, speed);
    await page.getByRole('slider').press('PageDown');
    await page.waitForTimeout(500);
  };
  // What is kept in any case, such as the blocks of the list, is there after two minutes' worth of rounds.
  for (let time = 0; time < 8; time++) await round();
  const before = await heap();
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) await round();
  const after = await heap();
  console.log(`heap: ${before.toFixed(1)} MB, then ${after.toFixed(1)} MB`);
  return after - before;
}
