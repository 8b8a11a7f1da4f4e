import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

const statusOf = async () => {
  const items = await service.app.database.prisma.mediaItem.findMany({ include: { shelf: true } });
  return Object.fromEntries(items.map(({ filename, shelf }) => [filename, shelf.status]));
};

beforeAll(async () => {
  service = await openServiceWithPage();
  const root = service.category('photos').rootPath;
  for (const [at, name] of ['Boat', 'Cliff', 'Dune', 'Elm', 'Gone'].entries()) {
    await sharp({ create: { width: 300, height: 200, channels: 3, background: { r: 40 * at, g: 90, b: 160 } } })
      .jpeg()
      .toFile(join(root, `${name}.jpg`));
  }
  for (const copy of ['Elm again', 'Elm once more']) await copyFile(join(root, 'Elm.jpg'), join(root, `${copy}.jpg`));
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
  await rm(join(root, 'Gone.jpg'));
  await jobs.waitFor((await scanner.start({})).id);
});
afterAll(() => service.close());

it('restores what was removed, deletes it for good once its number is typed, and shows what is missing beside it', async () => {
  const page = await openPage(service, '/c/photos');
  for (const name of ['Boat', 'Cliff', 'Dune']) await page.getByRole('button', { name: `Select ${name}` }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expectPage(page.getByText('3 items removed')).toBeVisible();
  await page.goto(new URL('/trash', service.url).href);
  await expectPage(cells(page)).toHaveCount(3);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Select Boat' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expectPage(cells(page)).toHaveCount(2);
  await expect.poll(statusOf).toMatchObject({ 'Boat.jpg': 'AVAILABLE', 'Gone.jpg': 'MISSING' });

  await page.getByRole('button', { name: 'Select Cliff' }).click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete for good…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete for good' });
  await expectPage(dialog).toContainText('1 item leaves the catalogue');
  await dialog.getByLabel('Remove the files from the disk too').check();
  const submit = dialog.getByRole('button', { name: 'Delete 1 item' });
  await expectPage(submit).toBeDisabled();
  await dialog.getByLabel('Type 1 to go on').fill('2');
  await expectPage(submit).toBeDisabled();
  await dialog.getByLabel('Type 1 to go on').fill('1');
  expect(await findBarriers(page)).toEqual([]);
  await submit.click();
  await expectPage(page.getByText('1 item deleted for good')).toBeVisible();
  expect(await statusOf()).not.toHaveProperty('Cliff.jpg');

  await page.getByRole('link', { name: 'Missing' }).click();
  await expectPage(page.getByRole('gridcell', { name: 'Gone' })).toBeVisible();
});

it('counts what a purge would forget, and forgets that once the number is typed', async () => {
  const page = await openPage(service, '/trash', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Forget what is old…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget what is old' });
  await expectPage(dialog.getByRole('status')).toHaveText('Nothing is that old.');
  await dialog.getByLabel('Removed or missing for').selectOption('any time');
  await dialog.getByRole('checkbox', { name: 'Missing' }).check();
  await expectPage(dialog.getByRole('status')).toHaveText(/^2 items with .* are forgotten\.$/);
  await dialog.getByLabel('Type 2 to go on').fill('2');
  expect(await findBarriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Forget 2 items' }).click();
  await expectPage(page.getByText('2 forgotten')).toBeVisible();
  expect(Object.keys(await statusOf()).sort()).toEqual(['Boat.jpg', 'Elm again.jpg', 'Elm once more.jpg', 'Elm.jpg']);
  await expectPage(page.getByText('Nothing was removed.')).toBeVisible();
});

it('shows copies side by side, keeps one, brings the others back, and leaves a group alone on request', async () => {
  const page = await openPage(service, '/c/photos');
  await expectPage(cells(page).first()).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Calculate SHA-256' }).click();
  await expectPage(page.getByText(/^\d files hashed$/)).toBeVisible();
  await service.app.duplicates.drain();
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const group = page.getByRole('region', { name: /3 copies/ });
  await expectPage(group).toContainText('Elm once more');
  expect(await findBarriers(page)).toEqual([]);
  await group.getByRole('button', { name: 'Leave them' }).click();
  await expectPage(group).toHaveCount(0);
  await page.getByRole('button', { name: 'Show 1 that you left' }).click();
  await group
    .getByRole('listitem')
    .filter({ hasText: 'Elm again' })
    .getByRole('button', { name: 'Keep this one' })
    .click();
  await expectPage(page.getByText('2 items removed')).toBeVisible();
  expect(await statusOf()).toMatchObject({
    'Elm.jpg': 'DELETED',
    'Elm again.jpg': 'AVAILABLE',
    'Elm once more.jpg': 'DELETED',
  });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(statusOf).toMatchObject({ 'Elm.jpg': 'AVAILABLE', 'Elm once more.jpg': 'AVAILABLE' });
});
