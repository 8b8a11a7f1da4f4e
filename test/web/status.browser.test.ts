import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, inject, it, vi } from 'vitest';
import { createApiTokens } from '../../src/service/access/api-tokens.ts';
import { expectPage, findBarriers, openPage } from '../support/browser.ts';
import { fakePassword, startFakeCopyparty } from '../support/fake-copyparty.ts';
import { startTestService, type TestService, type TestServiceOptions } from '../support/test-service.ts';

const start = (options: TestServiceOptions = {}) => startTestService({ ...options, page: inject('page') });

async function closeAccess(service: TestService): Promise<Record<'VIEWER' | 'ADMIN', string>> {
  const api = createApiTokens(service.app.database);
  const make = async (role: 'VIEWER' | 'ADMIN') =>
    (await api.create({ name: role.toLowerCase(), role, expiresAt: null })).token;
  const tokens = { VIEWER: await make('VIEWER'), ADMIN: await make('ADMIN') };
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
  return tokens;
}

async function signIn(page: Page, token: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
  await expectPage(dialog).toHaveCount(0);
}

it('shows what goes down and up without being loaded again, a disk that is away, and a configuration by its faults', async () => {
  const fake = await startFakeCopyparty();
  fake.addFile('/movies/film.mp4');
  fake.addFile('/photos/photo.jpg');
  const service = await start({ environment: { COPYPARTY_URL: fake.url, COPYPARTY_PASSWORD: fakePassword } });
  const page = await openPage(service, '/');
  await page.getByRole('link', { name: 'Status' }).click();
  const parts = page.getByRole('region', { name: 'Parts' });
  const copyparty = parts.getByRole('listitem').filter({ hasText: 'copyparty' });
  await expectPage(copyparty).toContainText('Works');
  await expectPage(parts.getByRole('listitem').filter({ hasText: 'Object storage' })).toContainText('Not set up');
  await expectPage(page.getByText('Everything works.')).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  await fake.stop();
  await expectPage(copyparty).toContainText('Is down');
  await expectPage(copyparty).toContainText('copyparty does not answer');
  await expectPage(page.getByText('copyparty: something is wrong.')).toBeVisible();
  await fake.start();
  await expectPage(copyparty).toContainText('Works');

  const disks = page.getByRole('region', { name: 'Disks' });
  const photos = disks.getByRole('listitem').filter({ hasText: 'Photos' });
  await expectPage(photos).toContainText(/free of/);
  const root = service.category('photos').rootPath;
  await rename(root, `${root}-away`);
  await expectPage(photos).toContainText('The disk is away');
  await rename(`${root}-away`, root);
  await expectPage(photos).toContainText(/free of/);

  const config = page.getByRole('region', { name: 'Configuration' });
  await expectPage(config).toContainText('It is good: 2 categories.');
  const file = join(service.folder, 'watch_media_dirs.yml');
  await writeFile(file, 'version: 2\ncategories:\n  - key: photos\n    label: Photos\n    media_type: pictures\n');
  await config.getByRole('button', { name: 'Read it again' }).click();
  const fault = config.getByRole('row').filter({ hasText: 'media_type' });
  await expectPage(fault.getByRole('cell').first()).toHaveText('5');
  await expectPage(fault.getByRole('cell').nth(1)).toHaveText(/^\d+$/);
  await expectPage(config).toContainText('The last good configuration stays in force.');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await service.writeConfig([{ key: 'photos', default: true, media_type: 'image', label: 'Pictures' }]);
  await config.getByRole('button', { name: 'Read it again' }).click();
  await expectPage(config).toContainText('It is good: 1 category.');
  await expectPage(disks.getByRole('listitem')).toHaveText([/Pictures/]);
});

it('makes a token that is shown once and lets somebody in, and revokes it; the settings of a browser last', async () => {
  const service = await start();
  const tokens = await closeAccess(service);
  const page = await openPage(service, '/settings');
  await signIn(page, tokens.ADMIN);
  const part = page.getByRole('region', { name: 'Tokens' });
  await part.getByLabel('For whom or what').fill('phone');
  await part.getByLabel('May').selectOption('Change and remove, too');
  expect(await findBarriers(page)).toEqual([]);
  await part.getByRole('button', { name: 'Make a token' }).click();
  const made = part.getByRole('textbox', { name: 'The token for phone' });
  await expectPage(made).toHaveValue(/^msf_/);
  const token = await made.inputValue();
  expect(await findBarriers(page)).toEqual([]);
  await part.getByRole('button', { name: 'I have it' }).click();
  await expectPage(made).toHaveCount(0);
  expect(await page.content()).not.toContain(token);
  const line = part.getByRole('listitem').filter({ hasText: 'phone' });
  await expectPage(line).toContainText('never used');
  // A name that a good token has.
  await part.getByLabel('For whom or what').fill('phone');
  await part.getByRole('button', { name: 'Make a token' }).click();
  await expectPage(part.getByRole('alert')).toContainText('phone');

  const phone = await openPage(service, '/settings', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
  await signIn(phone, token);
  await expectPage(phone.getByText('phone, editor')).toBeVisible();
  // Tokens are for administrators.
  await expectPage(phone.getByRole('region', { name: 'Tokens' })).toHaveCount(0);
  expect(await findBarriers(phone)).toEqual([]);
  await page.reload();
  await expectPage(line).toContainText('used ');
  await expectPage(line).toContainText('ends ');
  await line.getByRole('button', { name: 'Revoke the token for phone' }).click();
  const sure = page.getByRole('alertdialog');
  expect(await findBarriers(page)).toEqual([]);
  await sure.getByRole('button', { name: 'Revoke' }).click();
  await expectPage(line).toHaveCount(0);
  await part.getByText('1 token that let nobody in').click();
  await expectPage(line).toContainText('revoked');
  await expectPage
    .poll(async () => {
      await phone.reload();
      return phone.getByRole('dialog', { name: 'Sign in' }).isVisible();
    })
    .toBe(true);

  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: 'Table' }).check();
  await page.getByRole('checkbox', { name: 'Single keys' }).uncheck();
  await page.reload();
  await expectPage(page.getByRole('radio', { name: 'Table' })).toBeChecked();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single keys' }).check();
  await expectPage(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await expectPage(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'All' }).click();
  await page.getByRole('button', { name: 'Layout' }).click();
  await expectPage(page.getByRole('menuitemradio', { name: 'Table' })).toBeChecked();
});

it('tells a viewer the state without places and reasons', async () => {
  const service = await start();
  const tokens = await closeAccess(service);
  const page = await openPage(service, '/status');
  await signIn(page, tokens.VIEWER);
  await expectPage(page.getByRole('region', { name: 'Disks' }).getByRole('listitem')).toHaveCount(2);
  expect(await page.content()).not.toContain(service.folder);
  await expectPage(page.getByRole('region', { name: 'Configuration' })).toHaveCount(0);
});
