import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage();
  await service.writeFiles('movies', ['Äpfel im Herbst.mp4', 'Boat.mp4', 'Cliff.mp4']);
  const { jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await service.app.searchIndexer.drain();
});
afterAll(() => service.close());

function openedLater(): { passed: Promise<void>; open: () => boolean } {
  const opened = new EventEmitter();
  return { passed: once(opened, 'open').then(() => {}), open: () => opened.emit('open') };
}

it('leads to places and items by their names, and does what keys do', async () => {
  const page = await openPage(service);
  await expectPage(cells(page)).toHaveCount(3);
  await cells(page).nth(1).focus();
  const palette = page.getByRole('dialog', { name: 'Go to or do' });
  await page.keyboard.press('Control+k');
  await expectPage(palette.getByRole('combobox')).toBeFocused();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.type('apfel');
  await expectPage(palette.getByRole('option')).toHaveText([/Äpfel im Herbst · Movies/, /Search for “apfel”/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expectPage(cells(page)).toHaveCount(1);
  expect(new URL(page.url()).search).toBe('?q=apfel');

  // From a field, too; and a place.
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Control+k');
  await expectPage(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('photos');
  await page.keyboard.press('Enter');
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Photos');

  await page.goto(new URL('/c/movies?view=grid', service.url).href);
  await expectPage(cells(page)).toHaveCount(3);
  await cells(page).first().focus();
  await page.keyboard.press('Control+k');
  await expectPage(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('all that match');
  await expectPage(palette.getByRole('option').first()).toContainText('Ctrl A');
  await page.keyboard.press('Enter');
  await expectPage(page.getByRole('toolbar')).toContainText('3 items selected');

  await page.keyboard.press('Control+k');
  await expectPage(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expectPage(palette).toHaveCount(0);
  // What it was opened from has the focus again, and the selection was not cleared by the key that closed it.
  await expectPage(cells(page).first()).toBeFocused();
  await expectPage(page.getByRole('toolbar')).toContainText('3 items selected');
});

it('keeps the keys that are pressed while what they are meant for is being loaded', async () => {
  const page = await openPage(service, '/icon.svg');
  const gates = { palette: openedLater(), 'selection-bar': openedLater() };
  for (const [name, gate] of Object.entries(gates)) {
    await page.route(`**/assets/${name}-*.js`, async (route) => {
      await gate.passed;
      await route.continue();
    });
  }
  await page.goto(new URL('/c/movies?sort=TITLE&view=grid', service.url).href);
  await expectPage(cells(page)).toHaveCount(3);
  await cells(page).first().focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('boxt');
  for (const key of ['Backspace', 'Backspace', 'a', 't']) await page.keyboard.press(key);
  expect(await page.getByRole('combobox').count()).toBe(0);
  gates.palette.open();
  await expectPage(page.getByRole('combobox')).toHaveValue('boat');
  await expectPage(page.getByRole('option').first()).toContainText('Boat');
  // None of them was a key of the list.
  expect(new URL(page.url()).search).toBe('?sort=TITLE&view=grid');
  await page.keyboard.press('Escape');
  await expectPage(cells(page).first()).toBeFocused();
  await expectPage(page.getByRole('gridcell', { name: /Favourite/ })).toHaveCount(0);

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await page.keyboard.press('Delete');
  expect(await page.getByRole('toolbar').count()).toBe(0);
  gates['selection-bar'].open();
  await expectPage(page.getByText('1 item removed')).toBeVisible();
  await expectPage(page.getByRole('gridcell', { name: 'Boat' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectPage(cells(page)).toHaveCount(3);
});

it('switches off the keys of one letter for who meets them by chance, and keeps that', async () => {
  const page = await openPage(service);
  await expectPage(cells(page)).toHaveCount(3);
  const layout = page.getByRole('button', { name: 'Layout' });
  await expectPage(layout).toHaveAttribute('title', 'Layout (v)');
  await expectPage(layout).toHaveAttribute('aria-keyshortcuts', 'v');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await help.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expectPage(help).toHaveCount(0);
  await page.reload();
  await expectPage(cells(page)).toHaveCount(3);
  // No button names a key that does nothing.
  await expectPage(layout).toHaveAttribute('title', 'Layout');
  expect(await layout.getAttribute('aria-keyshortcuts')).toBeNull();
  await cells(page).first().focus();
  for (const key of ['x', 'g', 't', '?', '/']) await page.keyboard.press(key);
  // What comes after them shows that nothing came of them.
  await page.keyboard.press('ArrowRight');
  await expectPage(cells(page).nth(1)).toBeFocused();
  await expectPage(page.getByRole('toolbar')).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe('/');

  await page.getByRole('button', { name: 'Account and settings' }).click();
  await expectPage(page.getByRole('menuitem', { name: /Keys/ })).toContainText('?');
  await page.getByRole('menuitem', { name: /Keys/ }).click();
  await help.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await cells(page).first().focus();
  await page.keyboard.press('x');
  await expectPage(page.getByRole('toolbar')).toContainText('1 item selected');
});
