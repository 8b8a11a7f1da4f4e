import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  const levels = ['series', 'season', 'episode'].map((name) => ({ name, key: name }));
  service = await openServiceWithPage({
    categories: [{ key: 'shows', default: true, label: 'Shows', hierarchy: { levels } }],
  });
  const season = join(service.category('shows').rootPath, 'Harbour', 'Season 1');
  await mkdir(season, { recursive: true });
  for (const [at, film] of ['harbour-lights-1.mp4', 'harbour-lights-2.mp4'].entries()) {
    const source = fileURLToPath(new URL(`../fixtures/video/${film}`, import.meta.url));
    await copyFile(source, join(season, `Harbour S01E0${at + 1}.mp4`));
  }
  const subtitles = '1\n00:00:00,000 --> 00:00:13,000\nLow water\n';
  await writeFile(join(season, 'Harbour S01E01.en.srt'), subtitles);
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

function timeOf(page: Page): Promise<number> {
  return page.locator('video').evaluate((film: HTMLVideoElement) => film.currentTime);
}

/** The film of the address, and not the one before it. */
function expectFilm(page: Page) {
  const id = new URL(page.url()).searchParams.get('item') ?? '';
  return expectPage(page.locator('video')).toHaveAttribute('src', new RegExp(`/${id}/`));
}

function toLastSecond(page: Page): Promise<void> {
  return page.locator('video').evaluate(async (film: HTMLVideoElement) => {
    film.muted = true;
    if (film.readyState === 0)
      await new Promise((done) => film.addEventListener('loadedmetadata', done, { once: true }));
    film.currentTime = film.duration - 1;
    await film.play();
  });
}

it('a season plays on from episode to episode, and shows what was seen', async () => {
  const page = await openPage(service, '/c/shows');
  await page.getByRole('link', { name: 'Groups' }).click();
  const groups = page.getByRole('list', { name: 'Groups' }).getByRole('link');
  await groups.filter({ hasText: 'Harbour' }).click();
  await groups.filter({ hasText: 'Season 1' }).click();
  const episodes = page.getByRole('list', { name: 'Episodes' }).getByRole('button');
  await expectPage(episodes).toHaveText([/^1/, /^2/]);
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Season 1');
  expect(await findBarriers(page)).toEqual([]);

  // What was chosen begins by itself; its end leads to the next one, which begins by itself too.
  await episodes.first().click();
  const video = page.locator('video');
  await expectPage(video).toHaveJSProperty('paused', false);
  await toLastSecond(page);
  const nextUp = page.getByRole('region', { name: 'What comes next' });
  await expectPage(nextUp).toContainText('Next: ');
  await expectPage(nextUp).toContainText('S01E02');
  await nextUp.getByRole('button', { name: 'Cancel' }).click();
  await expectPage(nextUp).toHaveCount(0);
  await toLastSecond(page);
  const first = page.url();
  await expectPage(nextUp).toContainText('in 8 s');
  await expectPage.poll(() => page.url()).not.toBe(first);
  await expectPage(video).toHaveJSProperty('paused', false);

  // Whoever does not want that is not asked again.
  await expectPage(page.getByRole('button', { name: /^Before: / })).toBeVisible();
  await page.keyboard.press('p');
  await expectPage.poll(() => page.url()).toBe(first);
  await expectFilm(page);
  await toLastSecond(page);
  await nextUp.getByRole('checkbox').uncheck();
  await page.reload();
  await toLastSecond(page);
  await expectPage(nextUp).toContainText('Next: ');
  await expectPage(nextUp.getByRole('timer')).toHaveCount(0);
  expect(await findBarriers(page)).toEqual([]);
  await nextUp.getByRole('button', { name: 'Play now' }).click();
  await expectPage.poll(() => page.url()).not.toBe(first);

  await page.keyboard.press('Escape');
  await expectPage(page.getByRole('dialog')).toHaveCount(0);
  await expectPage(episodes.first()).toContainText('Seen');
  await page.reload();
  await expectPage(episodes.first()).toContainText('Seen');
});

it('a film has keys for everything, subtitles that lie beside it, and frames along its line', async () => {
  const page = await openPage(service, '/c/shows?view=table');
  await page.getByRole('gridcell').first().click();
  const video = page.locator('video');
  await expectPage(video).toHaveJSProperty('readyState', 4);
  await page.keyboard.press('5');
  await expectPage.poll(() => timeOf(page)).toBeCloseTo(7, 1);
  await page.keyboard.press('.');
  await expectPage.poll(() => timeOf(page)).toBeGreaterThan(7.03);
  await page.keyboard.press(',');
  await expectPage.poll(() => timeOf(page)).toBeLessThan(7.03);
  await page.keyboard.press('m');
  await expectPage(video).toHaveJSProperty('muted', true);
  await page.keyboard.press('Space');
  await expectPage(video).toHaveJSProperty('paused', false);
  await page.keyboard.press('k');
  await expectPage(video).toHaveJSProperty('paused', true);
  // It is paused again before it has begun, which a browser tells whoever had it play: that is no fault.
  await video.evaluate((film: HTMLVideoElement) => {
    film.play = () => Promise.reject(new DOMException('', 'AbortError'));
  });
  await page.keyboard.press('k');
  await video.evaluate((film: Partial<HTMLVideoElement>) => delete film.play);

  await page.keyboard.press('c');
  await expectPage(page.getByText(/^Subtitles: /)).toBeVisible();
  const cues = () =>
    video.evaluate((film: HTMLVideoElement) =>
      [...film.textTracks].flatMap(({ cues: all, mode }) =>
        mode === 'showing' ? [...(all ?? [])].map((cue) => (cue as VTTCue).text) : [],
      ),
    );
  await expectPage.poll(cues).toEqual(['Low water']);
  await page.keyboard.press('c');
  await expectPage.poll(cues).toEqual([]);

  const line = page.getByRole('slider', { name: 'Position' });
  await line.hover({ position: { x: 300, y: 12 } });
  const frame = page.locator('[data-frame]');
  await expectPage(frame).toBeVisible();
  const shown = Number(await frame.getAttribute('data-frame'));
  await line.hover({ position: { x: 5, y: 12 } });
  await expectPage.poll(async () => Number(await frame.getAttribute('data-frame'))).toBeLessThan(shown);
  const sheet = await frame.evaluate((element) => /url\("(.*)"\)/.exec(element.style.backgroundImage)?.[1] ?? '');
  expect((await page.request.get(sheet)).headers()['content-type']).toBe('image/webp');
  await line.fill('3');
  await expectPage.poll(() => timeOf(page)).toBeCloseTo(3, 1);
});

it('a slideshow plays a film to its end before it goes on, and stops at the end of the list', async () => {
  const page = await openPage(service, '/c/shows?view=table');
  await page.getByRole('gridcell').first().click();
  await expectPage(page.locator('video')).toHaveJSProperty('readyState', 4);
  const first = page.url();
  expect(first).toContain('item=');
  await page.keyboard.press('s');
  await expectPage(page.locator('video')).toHaveJSProperty('paused', false);
  await toLastSecond(page);
  await expectPage.poll(() => page.url()).not.toBe(first);
  await expectFilm(page);
  await expectPage(page.locator('video')).toHaveJSProperty('paused', false);
  await toLastSecond(page);
  await expectPage(page.getByRole('button', { name: 'Slideshow', exact: true })).toBeVisible();
});
