import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiTokens } from '../../src/service/access/api-tokens.ts';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import { holdScans } from '../support/held-scans.ts';
import { holdRequest } from '../support/hold-request.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'movies', default: true, label: 'Movies' },
      { key: 'photos', media_type: 'image', label: 'Photos' },
    ],
  });
  const root = service.category('photos').rootPath;
  await sharp({ create: { width: 1_200, height: 1_000, channels: 3, background: '#357' } })
    .jpeg()
    .toFile(join(root, 'whole.jpg'));
  await writeFile(join(root, 'damaged.jpg'), 'no picture');
  const { jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
});
afterAll(() => service.close());

/** Whether a line of the sidebar leads to what is done to the library. */
const isWork = (text: string) => ['Work', 'Scan', 'Trash'].includes(text);
const bell = (page: Page) => page.getByRole('button', { name: /^Work/ });

/** Notes from now on what is read out of what changes on a page. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[aria-live], [role=status], [role=alert], [role=log]');
        if (region && region.getAttribute('aria-live') !== 'off') said.push(element?.textContent ?? '');
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

it('shows a job while it runs, wherever one looks, and stops it', async () => {
  const page = await openPage(service);
  await expectPage(bell(page)).toHaveAccessibleName('Work');
  const scans = holdScans(service.app);
  await service.app.scanner.start({ categories: ['photos'], requestedBy: 'ann' });
  await expectPage(bell(page)).toHaveAccessibleName('Work, 1 at work');
  await bell(page).click();
  const menu = page.getByRole('dialog', { name: 'Work' });
  await expectPage
    .poll(() => {
      scans.advance({ done: 40 });
      return menu.getByRole('progressbar').getAttribute('aria-valuenow');
    })
    .not.toBe('0');
  await expectPage(menu.getByRole('progressbar')).toHaveAccessibleName('Scan of Photos');
  const said = await listen(page);
  const seen = new Set<string | null>();
  await expectPage
    .poll(async () => {
      scans.advance({ done: 1 });
      seen.add(await menu.getByRole('progressbar').getAttribute('aria-valuetext'));
      return seen.size;
    })
    .toBeGreaterThan(4);
  // What only goes on is not read out with each of its numbers.
  expect(await said()).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
  await menu.getByRole('link', { name: 'All work' }).click();
  await expectPage(page.getByRole('heading', { name: 'At work' })).toBeVisible();
  await expectPage(page.getByText(/^by ann /).first()).toBeVisible();
  const atWork = page.getByRole('region', { name: 'At work' });
  // Two stop it at once: whoever is slower sees that it is stopped, and no failure.
  const other = await openPage(service, '/jobs');
  const held = await holdRequest(other, '"variables":{"id"');
  const stop = { name: 'Stop: Scan of Photos' };
  await expectPage(other.getByRole('main').getByRole('button', stop)).toBeVisible();
  await other.getByRole('main').getByRole('button', stop).click();
  await held.arrived;
  await atWork.getByRole('button', stop).click();
  await expectPage(other.getByRole('heading', { name: 'At work' })).toBeHidden();
  expect(await held.release()).toContain('JobFinishedError');
  await expectPage(other.getByRole('listitem').filter({ hasText: 'Stopped' }).first()).toBeVisible();
  await expectPage(other.getByText(/has ended as/)).toHaveCount(0);
  await expectPage(page.getByRole('heading', { name: 'At work' })).toBeHidden();
  const ended = page.getByRole('region', { name: 'What ended' }).getByRole('listitem');
  await expectPage(ended.first()).toContainText('Stopped');
  await page.getByLabel('Kind').selectOption('Migrations');
  await expectPage(page.getByText('No work of that kind ended so.')).toBeVisible();
  await page.getByRole('link', { name: 'Show all work' }).click();
  await expectPage(page.getByRole('link', { name: 'Scan', exact: true }).last()).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
});

it('leads from what failed to the item, and does the failed again', async () => {
  const page = await openPage(service, '/jobs', { colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Work');
  const query = `mutation { createImageProxies(input: {}) { __typename ... on Job { id } } }`;
  const { body } = await service.post({ query });
  expect(body).toMatchObject({ data: { createImageProxies: { __typename: 'ImageProxyJob' } } });
  // It comes by itself.
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Image proxies' });
  await expectPage(line.getByText('Done, but for some')).toBeVisible();
  await expectPage(bell(page)).toHaveAccessibleName('Work, 1 to look at');
  await line.getByRole('link', { name: 'Image proxies' }).click();
  await expectPage(page.getByRole('heading', { name: '1 failed' })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  const failed = page.getByRole('link', { name: 'damaged' });
  await expectPage(failed).toHaveAttribute('href', /\/item\//);
  await page.getByRole('button', { name: 'Do the failed again' }).click();
  await expectPage(page.getByText('It is being done again.')).toBeVisible();
  await expectPage(page.getByText('Photos looked at')).toBeVisible();
  await failed.click();
  await expectPage(page.getByRole('dialog')).toBeVisible();
});

it('goes on over a restart of the service', { timeout: 300_000 }, async () => {
  holdScans(service.app);
  const { id } = await service.app.scanner.start({ categories: ['movies'] });
  const page = await openPage(service, '/jobs');
  await expectPage(page.getByRole('heading', { name: 'At work' })).toBeVisible();
  // The scan that was interrupted is taken up by the process that follows, which does not hold it.
  await service.restart();
  await service.app.jobs.waitFor(id);
  await expectPage(page.getByRole('heading', { name: 'At work' })).toBeHidden();
  // And what begins afterwards is told, too.
  holdScans(service.app);
  const next = await service.app.scanner.start({ categories: ['movies'] });
  await expectPage(bell(page)).toHaveAccessibleName('Work, 1 at work');
  await service.app.jobs.cancel(next.id);
  await expectPage(bell(page)).toHaveAccessibleName(/^Work(, 1 to look at)?$/);
  expect(await service.app.jobs.find(id)).toMatchObject({ status: 'SUCCEEDED' });
});

it('asks where nothing is told, as behind a proxy that cuts sockets', async () => {
  const page = await openPage(service, '/trash');
  await page.routeWebSocket(/graphql/, (socket) => void socket.close());
  await page.reload();
  await expectPage(bell(page)).toBeVisible();
  const scans = holdScans(service.app);
  const { id } = await service.app.scanner.start({ categories: ['photos'] });
  await expectPage(bell(page)).toHaveAccessibleName(/1 at work/);
  scans.finish();
  await service.app.jobs.waitFor(id);
  await expectPage(bell(page)).not.toHaveAccessibleName(/1 at work/);
  expect(await service.app.jobs.find(id)).toMatchObject({ status: 'SUCCEEDED' });
});

it('offers to each role what it may do, and says who may the rest', async () => {
  const tokens = createApiTokens(service.app.database);
  const enter = async (role: 'VIEWER' | 'EDITOR' | 'ADMIN') => {
    const { token } = await tokens.create({ name: role, role, expiresAt: null });
    await expect.poll(() => service.app.access.isOpen(), { timeout: 60_000 }).toBe(false);
    const page = await openPage(service, '/jobs');
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page.getByRole('heading', { name: 'What ended' })).toBeVisible();
    const links = page.getByRole('navigation').getByRole('link');
    return { page, links: (await links.allTextContents()).map((text) => text.replace(/[\d,]+$/, '')) };
  };
  const open = await openPage(service);
  await expectPage(open.getByText('Open to everybody')).toBeVisible();

  const viewer = await enter('VIEWER');
  expect(viewer.links.filter(isWork)).toEqual([]);
  await viewer.page.goto(new URL('/scans/new', service.url).href);
  await expectPage(
    viewer.page.getByText('This page is for administrators. You are signed in as viewer.'),
  ).toBeVisible();
  expect(await findBarriers(viewer.page)).toEqual([]);

  const editor = await enter('EDITOR');
  expect(editor.links.filter(isWork)).toEqual(['Work', 'Trash']);
  await editor.page.getByRole('main').getByRole('link', { name: 'Image proxies' }).first().click();
  await expectPage(editor.page.getByRole('heading', { name: '1 failed' })).toBeVisible();
  // Somebody else asked for it.
  await expectPage(editor.page.getByRole('button', { name: 'Do the failed again' })).toBeHidden();

  const admin = await enter('ADMIN');
  expect(admin.links.filter(isWork)).toEqual(['Work', 'Scan', 'Trash']);
  await expectPage(admin.page.getByText('Open to everybody')).toBeHidden();
});
