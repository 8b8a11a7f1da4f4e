import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  const levels = ['artist', 'album', 'track'].map((name) => ({ name, key: name }));
  service = await openServiceWithPage({
    categories: [
      { key: 'music', default: true, media_type: 'audio', label: 'Music', hierarchy: { levels } },
      { key: 'photos', media_type: 'image', label: 'Photos' },
    ],
  });
  const tracks: [string, number][] = [
    ['Ann/Tides/Alder.wav', 600],
    ['Ann/Tides/Birch.wav', 600],
    ['Ann/Tides/Cedar.wav', 3],
    ['Ann/Tides/Damaged.wav', 0],
    ['Ann/Tides/Elm.wav', 600],
  ];
  for (const [path, seconds] of tracks) {
    const file = join(service.category('music').rootPath, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, seconds === 0 ? Buffer.from('RIFF torn') : toneOf(seconds));
  }
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

/** A wave file: a tone of 4 000 samples a second, 8 bits each. */
function toneOf(seconds: number): Buffer {
  const rate = 4_000;
  const samples = Buffer.alloc(rate * seconds, Buffer.from([128, 148, 128, 108]));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

it('an album plays as a whole, over all pages, and is heard and steered by the system', async () => {
  const page = await openPage(service, '/c/music');
  // What the keys of headphones do is only heard through the handlers that the page gives the browser.
  await page.evaluate(() => {
    const handlers: Record<string, MediaSessionActionHandler | null> = {};
    Object.assign(window, { handlers });
    navigator.mediaSession.setActionHandler = (action, handle) => void (handlers[action] = handle);
  });
  const press = (action: MediaSessionAction, details: Partial<MediaSessionActionDetails> = {}) =>
    page.evaluate(
      ([name, given]) => {
        const { handlers } = window as unknown as { handlers: Record<string, (details: object) => void> };
        handlers[name]?.({ action: name, ...given });
      },
      [action, details] as const,
    );
  const front = () =>
    page.evaluate(() => {
      const audio = [...document.querySelectorAll('audio')].find(({ paused }) => !paused);
      return audio === undefined ? -1 : audio.currentTime;
    });
  await page.getByRole('link', { name: 'Groups' }).click();
  const groups = page.getByRole('list', { name: 'Groups' }).getByRole('link');
  await groups.filter({ hasText: 'Ann' }).click();
  await groups.filter({ hasText: 'Tides' }).click();
  const tracks = page.getByRole('list', { name: 'Tracks' }).getByRole('listitem');
  await expectPage(tracks).toHaveCount(5);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const bar = page.getByRole('region', { name: 'Music' });
  await expectPage(bar.getByRole('link')).toHaveText('Alder');
  await expectPage.poll(front).toBeGreaterThan(0);
  await expectPage(tracks.first().getByLabel('Plays now')).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  const before = await front();
  await page
    .getByRole('link', { name: /^Photos/ })
    .first()
    .click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Photos');
  await expectPage.poll(front).toBeGreaterThan(before);
  const told = () =>
    page.evaluate(() => {
      const { metadata, playbackState } = navigator.mediaSession;
      return { title: metadata?.title, artwork: metadata?.artwork.length, playbackState };
    });
  await expectPage.poll(told).toEqual({ title: 'Alder', artwork: 1, playbackState: 'playing' });
  await press('seekto', { seekTime: 20 });
  await expectPage.poll(front).toBeGreaterThanOrEqual(20);
  await press('pause');
  await expectPage(bar.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('k');
  await expectPage.poll(front).toBeGreaterThanOrEqual(20);
  await press('nexttrack');
  await expectPage.poll(told).toMatchObject({ title: 'Birch' });
  await press('previoustrack');
  await expectPage.poll(told).toMatchObject({ title: 'Alder' });

  // What is damaged is said and passed over; the end of a track leads to the next one.
  await press('nexttrack');
  await expectPage.poll(told).toMatchObject({ title: 'Birch' });
  await expectPage.poll(front).toBeGreaterThan(0);
  await press('seekto', { seekTime: 598 });
  await expectPage.poll(told).toMatchObject({ title: 'Cedar' });
  await expectPage(page.getByText('Damaged cannot be played, and was passed over.')).toBeVisible();
  await expectPage(bar.getByRole('link')).toHaveText('Elm');
  await expectPage(bar.getByRole('button', { name: 'Next track' })).toBeDisabled();
  await bar.getByRole('button', { name: 'Stop the music' }).click();
  await expectPage(bar).toHaveCount(0);
  expect(await front()).toBe(-1);
});

it('a track of a list goes on with the list, and is steered in the viewer too', async () => {
  const page = await openPage(service, '/c/music', { viewport: { width: 390, height: 844 } });
  await page.getByRole('gridcell').nth(1).click();
  const viewer = page.getByRole('dialog');
  await viewer.getByRole('button', { name: 'Play', exact: true }).click();
  await expectPage(viewer.getByRole('button', { name: 'Pause' })).toBeVisible();
  await viewer.getByRole('slider', { name: 'Position' }).fill('10');
  const time = () =>
    page.evaluate(() => Math.max(...[...document.querySelectorAll('audio')].map((audio) => audio.currentTime)));
  await expectPage.poll(time).toBeGreaterThanOrEqual(10);
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const bar = page.getByRole('region', { name: 'Music' });
  await expectPage(bar.getByRole('link')).toHaveText('Birch');
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.keyboard.press('n');
  await expectPage(bar.getByRole('link')).toHaveText('Cedar');
});
