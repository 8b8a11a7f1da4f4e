import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { decodePublicId, encodePublicId } from '../../src/base/public-id.ts';
import { createApiTokens } from '../../src/service/access/api-tokens.ts';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
const tokens: Record<'VIEWER' | 'ADMIN', string> = { VIEWER: '', ADMIN: '' };

beforeAll(async () => {
  service = await openServiceWithPage();
  const api = createApiTokens(service.app.database);
  for (const role of ['VIEWER', 'ADMIN'] as const) {
    tokens[role] = (await api.create({ name: role.toLowerCase(), role, expiresAt: null })).token;
  }
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
});
afterAll(() => service.close());

it('asks who is there, says what is wrong with a token, and keeps the right one where no script can read it', async () => {
  const page = await openPage(service, '/c/photos?sort=TITLE');
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await expectPage(dialog).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await dialog.getByLabel('Token').fill('nonsense');
  await page.keyboard.press('Enter');
  await expectPage(dialog.getByRole('alert')).not.toBeEmpty();
  await dialog.getByLabel('Token').fill(tokens.VIEWER);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expectPage(dialog).toHaveCount(0);
  // Where the person wanted to go.
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Photos');
  expect(
    await page.evaluate(() => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)),
  ).not.toContain(tokens.VIEWER);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  // What a viewer may not do is not offered.
  await expectPage(page.getByRole('link', { name: 'All' })).toBeVisible();
  await expectPage(page.getByRole('link', { name: 'Trash' })).toHaveCount(0);

  await page.reload();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Photos');
  await page.getByRole('button', { name: 'Account and settings' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expectPage(dialog).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

it('opens the sign-in above the page when the token is revoked in the middle of work, and goes on afterwards', async () => {
  const api = createApiTokens(service.app.database);
  const { token } = await api.create({ name: 'short', role: 'ADMIN', expiresAt: null });
  const page = await openPage(service);
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
  await expectPage(page.getByRole('link', { name: 'Trash' })).toBeVisible();
  await page.getByRole('link', { name: 'Movies' }).click();
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Movies');
  await api.revoke('short');
  // The service notices a revocation within seconds, by whatever the page asks next.
  let search = 0;
  await expect
    .poll(
      async () => {
        if (await dialog.isVisible()) return true;
        await page.evaluate((q) => history.pushState(null, '', `${location.pathname}?q=${q}`), ++search);
        return dialog.isVisible();
      },
      { interval: 500, timeout: 60_000 },
    )
    .toBe(true);
  await expectPage(dialog).toContainText('nothing is lost');
  await dialog.getByLabel('Token').fill(tokens.ADMIN);
  await page.keyboard.press('Enter');
  await expectPage(dialog).toHaveCount(0);
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Movies');

  // What is told at once is told again, over a connection of the new session.
  let films = 0;
  await expectPage
    .poll(async () => {
      await service.writeFiles('movies', [`Harbour ${++films}.mp4`]);
      await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
      // At the top of a list, what comes just appears.
      return page
        .getByRole('gridcell', { name: /^Harbour/ })
        .first()
        .isVisible();
    })
    .toBe(true);
});

it('says to whom a link leads that is not for them, and of an item that was removed that it was', async () => {
  await service.writeFiles('movies', ['Gone by now.mp4']);
  const { database, jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  const removed = { filename: 'Gone by now.mp4' };
  const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: removed });
  const hidden = await service.post(
    {
      query: 'mutation ($selection: MediaSelection!) { hideMediaMany(selection: $selection) { ... on Job { id } } }',
      variables: { selection: { ids: [encodePublicId('MediaItem', id)] } },
    },
    { authorization: `Bearer ${tokens.ADMIN}` },
  );
  const { hideMediaMany } = hidden.body.data as { hideMediaMany: { id: string } };
  await jobs.waitFor(decodePublicId(hideMediaMany.id).id);

  const page = await openPage(service, '/trash');
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByLabel('Token').fill(tokens.VIEWER);
  await page.keyboard.press('Enter');
  for (const [path, words] of [
    ['/trash', 'This page is for editors and administrators. You are signed in as viewer.'],
    ['/duplicates', 'This page is for editors and administrators.'],
    ['/upload', 'This page is for editors and administrators.'],
    ['/scans/new', 'This page is for administrators.'],
    ['/migration', 'This page is for administrators.'],
  ] as const) {
    await page.evaluate((to) => history.pushState(null, '', to), path);
    await expectPage(page.getByRole('main').getByText(words), path).toBeVisible();
  }
  await page.goto(new URL(`/item/${encodePublicId('MediaItem', id)}`, service.url).href);
  await expectPage(page.getByText('This item was removed.')).toBeVisible();
  expect(await page.getByRole('button', { name: /Put it back|Restore/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await expectPage(page.getByRole('dialog')).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe('/');
  await expectPage(page.getByRole('gridcell', { name: /^Gone by now/ })).toHaveCount(0);
});
