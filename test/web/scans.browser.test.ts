import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodePublicId } from '../../src/base/public-id.ts';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import { holdScans } from '../support/held-scans.ts';
import { holdRequest } from '../support/hold-request.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
let picture: Buffer;

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'photos', media_type: 'image', label: 'Photos', default: true },
      { key: 'shows', media_type: 'image', label: 'Shows' },
      { key: 'away', media_type: 'image', label: 'Away' },
    ],
    environment: { SCAN_LOSSES_ITEMS: '5', SCAN_SCHEDULE: '0 3 * * *' },
  });
  picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#357' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => service.close());

const rootOf = (category: string) => service.category(category).rootPath;
const names = (count: number) => Array.from({ length: count }, (_, at) => `IMG_${String(at).padStart(4, '0')}.jpg`);

/** Writes pictures that are all the same to look at, and none the same in bytes. */
async function draw(category: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const file = join(rootOf(category), path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.concat([picture, Buffer.from(path)]));
  }
}

async function scan(request: Parameters<TestService['app']['scanner']['start']>[0] = {}): Promise<string> {
  const { jobs, scanner } = service.app;
  const { id } = await jobs.waitFor((await scanner.start(request)).id);
  return id;
}

const applyAll = (page: Page) => page.getByRole('button', { name: 'Apply all 1' });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

it('reviews and applies a scan that moves 500 files and loses 10', { timeout: 300_000 }, async () => {
  const count = 500;
  await draw('photos', [
    ...names(count).map((name, at) => `2023/${at % 2 === 0 ? 'Rome' : 'Oslo'}/${name}`),
    ...names(10).map((name) => `Lost/${name}`),
    ...names(30).map((name) => `Stays/${name}`),
  ]);
  await scan();
  await mkdir(join(rootOf('photos'), 'Archive'));
  await rename(join(rootOf('photos'), '2023'), join(rootOf('photos'), 'Archive/2023'));
  await rm(join(rootOf('photos'), 'Lost'), { recursive: true });
  await draw('photos', ['New/1.jpg', 'New/2.jpg', 'Stays/alone.jpg']);

  const page = await openPage(service);
  await page.getByRole('link', { name: 'Scan', exact: true }).click();
  await page.getByRole('button', { name: 'Plan first' }).click();
  await expectPage(heading(page)).toHaveText('Plan of a scan');
  const group = (text: string) => page.getByRole('listitem').filter({ hasText: text });
  await expectPage(page.getByText('500 files moved together')).toBeVisible();
  await expectPage(group('500 files moved together')).toContainText('2023');
  await expectPage(group('500 files moved together')).toContainText('Archive/2023');
  await expectPage(page.getByText('10 files of one folder')).toBeVisible();
  // Losses come first.
  await expectPage(page.getByRole('heading', { level: 2 })).toHaveText([/^Lost.*10$/, /^Moved.*500$/, /^New.*3$/]);
  expect(await findBarriers(page)).toEqual([]);

  await page.getByRole('button', { name: 'Show the files: 10 files of one folder' }).click();
  await expectPage(page.getByText('Lost/IMG_0003.jpg')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search in the plan' }).fill('alone');
  await expectPage(page.getByRole('heading', { level: 2 })).toHaveText([/^New.*1$/]);
  await page.getByRole('searchbox', { name: 'Search in the plan' }).fill('nothing has it');
  await expectPage(page.getByText('Nothing in the plan matches.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search in the plan' }).fill('');

  // Somebody else looks at the same plan, and sees that it is applied.
  const other = await openPage(service, new URL(page.url()).pathname);
  await expectPage(other.getByRole('button', { name: 'Apply all 513, and mark 10 as missing' })).toBeVisible();
  await page.getByRole('button', { name: 'Apply 500 moved and 3 new' }).click();
  await expectPage(page.getByText('Planned scan')).toBeVisible();
  await expectPage(other.getByText('Planned scan')).toBeVisible();
  await expectPage(page.getByText(/^Done · 3 new · 500 moved$/)).toBeVisible();
  await expectPage(other.getByText(/^Done · 3 new · 500 moved$/)).toBeVisible();
  const { categories } = (await service.post({ query: '{ categories { key counts { available missing } } }' })).body
    .data as { categories: unknown[] };
  expect(categories[0]).toEqual({ key: 'photos', counts: { available: 543, missing: 0 } });

  // The losses are still to be decided.
  await page.getByRole('button', { name: /and mark 10 as missing$/ }).click();
  await expectPage(page.getByText(/^Done · 10 lost$/)).toBeVisible();
});

it('says why a scan is held, and what to do where the plan does not hold any more', async () => {
  await draw('shows', names(12));
  await scan({ categories: ['shows'] });
  for (const name of names(7)) await rm(join(rootOf('shows'), name));
  await scan({ categories: ['shows'] });

  const page = await openPage(service);
  await page.getByRole('button', { name: /^Work/ }).click();
  await page.getByRole('dialog', { name: 'Work' }).getByRole('link', { name: 'Scan of Shows' }).first().click();
  await expectPage(page.getByText('Waits for you')).toBeVisible();
  await page.getByRole('link', { name: 'See the plan' }).click();
  await expectPage(page.getByRole('heading', { name: 'Shows is held back' })).toBeVisible();
  await expectPage(page.getByText(/7 files of 12 \(58 %\) would be lost/)).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  await draw('shows', names(1));
  await page.getByRole('button', { name: 'Apply all 7, and mark 7 as missing' }).click();
  await expectPage(page.getByText('The disk has changed since the plan was made. Nothing was changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Plan anew' }).click();
  await page.getByRole('button', { name: /mark 6 as missing$/ }).click();
  await expectPage(page.getByText(/^Done · .*6 lost$/)).toBeVisible();
});

it('offers to take the folder that is in the place of another disk', async () => {
  await draw('away', names(3));
  await scan({ categories: ['away'] });
  await rm(rootOf('away'), { recursive: true });
  await draw('away', ['other.jpg']);
  await writeFile(join(rootOf('away'), '.mediashelf-root'), '00000000-0000-4000-8000-000000000000\n');

  const page = await openPage(service, '/scans/new', { colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  await expectPage(page.getByText('The next one of everything')).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel(/^Away/).check();
  await page.getByRole('button', { name: 'Plan first' }).click();
  await expectPage(page.getByRole('heading', { name: 'Away was not scanned' })).toBeVisible();
  await page.getByRole('link', { name: 'Scan, and take this folder' }).click();
  await expectPage(page.getByLabel(/^Take the folders/)).toBeChecked();
  await page.getByRole('button', { name: 'Plan first' }).click();
  await expectPage(page.getByRole('button', { name: 'Apply all 4, and mark 3 as missing' })).toBeVisible();

  // What makes no sense is told where it was typed.
  await page.goto(new URL('/scans/new', service.url).href);
  await page.getByLabel(/^Only some places/).fill('photos/../etc');
  await page.getByRole('button', { name: 'Plan first' }).click();
  await expectPage(page.getByRole('alert')).toContainText('is no path to scan');
});

it('shows who is slower than another administrator that the plan is being applied, and no failure', async () => {
  await draw('shows', ['late.jpg']);
  const id = await scan({ categories: ['shows'], dryRun: true });
  const path = `/scans/${encodePublicId('ScanJob', id)}`;
  const [quick, slow] = [await openPage(service, path), await openPage(service, path)];
  const scans = holdScans(service.app);
  await expectPage(applyAll(slow)).toBeVisible();
  const held = await holdRequest(slow, '"kinds":null');
  await applyAll(slow).click();
  await held.arrived;
  await applyAll(quick).click();
  await expectPage(quick.getByRole('link', { name: 'Planned scan of Shows' })).toBeVisible();
  expect(await held.release()).toContain('ScanAlreadyRunningError');
  await expectPage(slow.getByRole('link', { name: 'Planned scan of Shows' })).toBeVisible();
  await expectPage(slow.getByRole('alert')).toBeHidden();
  scans.finish();
  for (const page of [quick, slow]) await expectPage(page.getByText(/^Done · /)).toBeVisible();
  expect(
    (await service.app.jobs.list({ kinds: ['SCAN'] }, { count: 50, backward: false, cursor: null })).edges.filter(
      ({ node }) => 'appliesPlanOf' in node.input && node.input.appliesPlanOf === id,
    ),
  ).toHaveLength(1);
});
