import { randomBytes } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiTokens } from '../../src/service/access/api-tokens.ts';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { TestService } from '../support/test-service.ts';
import { startNarrowProxy } from '../support/narrow-proxy.ts';
import { makeVideo } from '../support/upload.ts';

const most = 8_000_000;
let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'movies', default: true, label: 'Movies' },
      { key: 'photos', media_type: 'image', label: 'Photos' },
      { key: 'scans', media_type: 'image', label: 'Scans' },
    ],
    environment: { UPLOAD_MAX_BYTES: String(most) },
  });
});
afterAll(() => service.close());

let colour = 0;
/** Another picture each time. */
const picture = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: { r: ++colour, g: 90, b: 200 } } })
    .png()
    .toBuffer();
const filesIn = async (category: string) =>
  (await readdir(service.category(category).rootPath, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(service.category(category).rootPath.length + 1))
    .sort();
const queue = (page: Page) => page.getByRole('list', { name: 'Queue' }).getByRole('listitem');
const picker = (page: Page) => page.locator('input[type=file]').first();
/** Sends so slowly that something can happen in the middle; null: as fast as it goes. */
async function slow(page: Page, bytesPerSecond: number | null): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const uploadThroughput = bytesPerSecond ?? -1;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  });
}

it('takes chosen, dropped and pasted files and folders, puts each kind where it belongs, and links to what became of it', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'Trip/Rome'), { recursive: true });
  await writeFile(join(folder, 'Trip/Rome/a.png'), await picture());
  await writeFile(join(folder, 'Trip/b.png'), await picture());
  await writeFile(join(folder, 'Trip/.DS_Store'), 'litter');
  await writeFile(join(folder, 'Trip/notes.txt'), 'no picture');
  const page = await openPage(service, '/upload');
  await expectPage(page.getByText('A file may have 8 MB at most.')).toBeVisible();
  await page.getByLabel('Photos go to').selectOption('Scans');
  const first = await picture();
  await picker(page).setInputFiles([
    { name: 'one.png', mimeType: 'image/png', buffer: first },
    { name: 'two.png', mimeType: 'image/png', buffer: await picture() },
    { name: 'film.mp4', mimeType: 'video/mp4', buffer: await makeVideo() },
  ]);
  await expectPage(queue(page)).toContainText(['Uploaded', 'Uploaded', 'Uploaded']);
  expect([await filesIn('scans'), await filesIn('movies')]).toEqual([['one.png', 'two.png'], ['film.mp4']]);
  await page.getByLabel('Photos go to').selectOption('Photos');

  // What is known is told before a byte of it is sent, and what does not fit says what would.
  const given = {
    'again.png': first,
    'empty.png': '',
    'huge.png': Buffer.alloc(most + 1),
    'text.png': '%PDF-1.4 no picture',
  };
  for (const [name, content] of Object.entries(given)) await writeFile(join(folder, name), content);
  await picker(page).setInputFiles(Object.keys(given).map((name) => join(folder, name)));
  await expectPage(queue(page).nth(3)).toContainText('Was here already');
  await expectPage(queue(page).nth(4)).toContainText('The file is empty.');
  await expectPage(queue(page).nth(5)).toContainText('here a file may have 8 MB');
  await expectPage(queue(page).nth(6)).toContainText('this file is application/pdf');
  await expectPage(queue(page).nth(6)).toContainText('Here fit: films (Movies), photos (Photos), photos (Scans).');
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Open one', exact: true }).click();
  await expectPage(page.getByRole('dialog', { name: 'one' })).toBeVisible();
  await page.keyboard.press('Escape');

  // A drop on any page; its folders keep their structure.
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, 'Trip')], dragOperationsMask: 1 };
  await expectPage(page.getByRole('grid')).toBeVisible();
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  }
  await expectPage(page.getByText('Drop to upload')).toBeVisible();
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 700, y: 400, data });
  const panel = page.getByRole('region', { name: 'Upload' });
  await expectPage(panel).toBeVisible();
  await expect.poll(() => filesIn('photos')).toEqual(['Trip/Rome/a.png', 'Trip/b.png']);

  await page.evaluate(
    (bytes) => {
      const clipboard = new DataTransfer();
      clipboard.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
    },
    [...(await picture())],
  );
  await expect.poll(() => filesIn('photos')).toContain('pasted.png');
  await expectPage(panel.getByRole('status')).toHaveText('6 files uploaded, 1 were here already, 4 not taken');
  await panel.getByRole('link', { name: 'Show the queue' }).click();
  await expectPage(queue(page).filter({ hasText: 'notes.txt' })).toContainText('no photo, film or music by its name');
  await page.getByRole('button', { name: 'Clear what is done' }).click();
  await expectPage(page.getByText('Nothing to upload.')).toBeVisible();
});

/** How many bytes the service has of the upload that is under way. */
async function receivedBytes(): Promise<number> {
  const folder = join(service.incomingDir, 'resumable');
  const sizes = (await readdir(folder)).map(
    async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0,
  );
  return Math.max(0, ...(await Promise.all(sizes)));
}

it('goes on by itself when the service was killed midway, and after a reload with the file chosen again', async () => {
  const film = Buffer.concat([await makeVideo(), randomBytes(7_000_000)]);
  const file = join(await temporaryFolder(), 'long.mp4');
  await writeFile(file, film);
  const page = await openPage(service, '/upload');
  await slow(page, 100_000);
  await picker(page).setInputFiles(file);
  await expect.poll(receivedBytes).toBeGreaterThan(50_000);
  // The queue goes along to every page.
  await page.getByRole('link', { name: 'Trash' }).click();
  const panel = page.getByRole('region', { name: 'Upload' });
  await expectPage(panel.getByRole('progressbar')).toBeVisible();
  await panel.getByRole('link', { name: 'Show the queue' }).click();
  await service.restart();
  const received = await receivedBytes();
  expect(received).toBeGreaterThan(0);
  await expect.poll(receivedBytes).toBeGreaterThan(received + 50_000);
  await page.getByRole('button', { name: 'Pause all' }).click();
  await expectPage(queue(page).first()).toContainText('Waits');

  await page.reload();
  await expectPage(queue(page).first()).toContainText('Choose the file again to go on');
  await slow(page, null);
  const starts: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') starts.push(Number(request.headers()['upload-offset']));
  });
  await picker(page).setInputFiles(file);
  await expectPage(queue(page).first()).toContainText('Uploaded');
  // None of what the service had was sent again.
  expect(starts[0]).toBeGreaterThan(received);
  expect(await filesIn('movies')).toContain('long.mp4');
  await page.reload();
  await expectPage(page.getByText('Nothing to upload.')).toBeVisible();
});

it('goes through a proxy that takes small requests only, in pieces', async () => {
  const proxy = await startNarrowProxy(service.url, 1024 ** 2);
  const page = await openPage({ url: proxy.url }, '/upload');
  const film = Buffer.concat([await makeVideo(), randomBytes(3_000_000)]);
  await picker(page).setInputFiles({ name: 'through.mp4', mimeType: 'video/mp4', buffer: film });
  await expectPage(queue(page).first()).toContainText('Uploaded');
  expect((await stat(join(service.category('movies').rootPath, 'through.mp4'))).size).toBe(film.length);
  expect(proxy.refused).toBeGreaterThan(0);
});

it('stops for a full disk until a person goes on, and waits as long as a busy service says', async () => {
  const page = await openPage(service, '/upload');
  const refuse = (status: number, message: string) =>
    page.route(
      '**/uploads',
      (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        return route.fulfill({ status, headers: { 'retry-after': '1' }, body: JSON.stringify({ code: 'X', message }) });
      },
      { times: 1 },
    );
  // The question for the largest size comes first.
  await expectPage(page.getByText('A file may have 8 MB at most.')).toBeVisible();
  await refuse(507, 'The disk is full: make room, then try again.');
  await picker(page).setInputFiles({ name: 'disk.png', mimeType: 'image/png', buffer: await picture() });
  await expectPage(page.getByText('Stopped: The disk is full: make room, then try again.')).toBeVisible();
  await expectPage(queue(page)).toContainText('The disk is full');
  await refuse(429, 'Too many.');
  await page.getByRole('button', { name: 'Go on with all' }).click();
  await expectPage(queue(page)).toContainText('Uploaded');
  expect(await filesIn('photos')).toContain('disk.png');
});

it('waits while somebody is signed out midway, and goes on after the sign-in', async () => {
  const file = join(await temporaryFolder(), 'waits.mp4');
  await writeFile(file, Buffer.concat([await makeVideo(), randomBytes(3_000_000)]));
  const page = await openPage(service, '/upload', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await picker(page).setInputFiles({ name: 'small.png', mimeType: 'image/png', buffer: await picture() });
  await expectPage(queue(page).first()).toContainText('Uploaded');
  expect(await findBarriers(page)).toEqual([]);
  const { token } = await createApiTokens(service.app.database).create({ name: 'a', role: 'ADMIN', expiresAt: null });
  await expect.poll(() => service.app.access.isOpen()).toBe(false);
  await picker(page).setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
  await expectPage(queue(page).nth(1)).toContainText('Uploaded');
});
