import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'movies', default: true, label: 'Movies' },
      { key: 'others', label: 'Others', include_patterns: ['**/*.avi', '**/*.mp4'] },
    ],
  });
  const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
  await copyFile(
    join(fixtures, 'video/the-long-tide.mp4'),
    join(service.category('movies').rootPath, 'The Long Tide.mp4'),
  );
  await copyFile(join(fixtures, 'films/halves.avi'), join(service.category('others').rootPath, 'Halves.avi'));
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

it('plays a film, seeks in it, and begins where it was left', async () => {
  const page = await openPage(service, '/c/movies');
  const parts: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/stream')) parts.push(response.status());
  });
  await cells(page).first().click();
  const video = page.locator('video');
  await expectPage(video).toHaveJSProperty('readyState', 4);
  await video.evaluate(async (film: HTMLVideoElement) => {
    film.muted = true;
    await film.play();
    film.currentTime = 12;
    await new Promise((done) => film.addEventListener('seeked', done, { once: true }));
    film.pause();
  });
  expect(await video.evaluate((film: HTMLVideoElement) => film.currentTime)).toBeGreaterThanOrEqual(12);
  expect(parts).toContain(206);
  await page.keyboard.press('l');
  await page.keyboard.press('Shift+>');
  await expectPage(video).toHaveJSProperty('playbackRate', 1.25);
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expectPage(video).toHaveCount(0);
});

it('says before it plays what this browser cannot play, and offers the link and the file', async () => {
  const page = await openPage(service, '/c/others');
  await cells(page).first().click();
  await expectPage(page.getByRole('alert')).toHaveText('This browser cannot play AVI.');
  await expectPage(page.getByRole('button', { name: 'Copy the link' })).toBeVisible();
  const address = await page.getByRole('link', { name: 'Download' }).first().getAttribute('href');
  expect((await fetch(new URL(address ?? '', service.url))).status).toBe(200);
});

it('resumes where a film was left before a reload', async () => {
  const page = await openPage(service, '/c/movies');
  await cells(page).first().click();
  await expectPage(page.locator('video')).toHaveJSProperty('readyState', 4);
  const id = new URL(page.url()).searchParams.get('item') ?? '';
  expect(id).not.toBe('');
  // The film is too short to be kept by itself.
  await page.evaluate((film) => localStorage.setItem('positions', JSON.stringify({ [film]: 12 })), id);
  await page.reload();
  await expectPage(page.getByText('Resumed at 0:12')).toBeVisible();
  await expectPage
    .poll(() => page.locator('video').evaluate((film: HTMLVideoElement) => film.currentTime))
    .toBeGreaterThanOrEqual(12);
});

it('says in words that a disk is away, and goes on when it is back', async () => {
  const before = await openPage(service, '/c/movies');
  await cells(before).first().click();
  const film = before.locator('video');
  await expectPage(film).toHaveJSProperty('readyState', 4);
  const address = await film.evaluate((element: HTMLVideoElement) => element.src);
  const { rootPath } = service.category('movies');
  await rename(rootPath, `${rootPath}-away`);
  await expect.poll(async () => (await fetch(address)).status, { timeout: 30_000 }).toBe(503);

  // In a browser that has nothing of it yet.
  const { pathname, search } = new URL(before.url());
  const page = await openPage(service, `${pathname}${search}`);
  await expectPage(page.getByRole('alert')).toHaveText('The disk with this film is away.');
  await expectPage(page.getByText('The next try is in 30 seconds.')).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await rename(`${rootPath}-away`, rootPath);
  await expect.poll(async () => (await fetch(address)).status, { timeout: 30_000 }).toBe(200);
  await page.getByRole('button', { name: 'Try now' }).click();
  await expectPage(page.locator('video')).toHaveJSProperty('readyState', 4);
  await expectPage(page.getByRole('alert')).toHaveCount(0);
});
