import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

const markup = '<img src=x onerror=window.ran=1>';

/** What a stranger may call a file, a folder, a tag or a title. */
const names = [
  markup,
  '"><script>window.ran=1</script>'.replace('/', '∕'),
  'javascript:window.ran=1',
  '{{constructor.constructor("window.ran=1")()}}',
  '\u202Egpj.exe\u202C',
  'سلام דולפין',
  '\u200B\u200D\uFEFF',
  '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(6),
  `Z${'\u0335\u0361\u0489'.repeat(30)}`,
  'W'.repeat(200),
  '漢'.repeat(60),
  '%2e%2e%2f&amp;#x3c;',
  "'; DROP TABLE media_items; --",
];

beforeAll(async () => {
  service = await openServiceWithPage({
    categories: [
      { key: 'photos', default: true, media_type: 'image', label: markup },
      { key: 'films', label: `\u202E${'Films '.repeat(20)}` },
    ],
  });
  const root = service.category('photos').rootPath;
  for (const [at, name] of names.entries()) {
    const file = join(root, name, `${name}.jpg`);
    await mkdir(dirname(file), { recursive: true });
    await sharp({ create: { width: 90, height: 60, channels: 3, background: '#357' } })
      .jpeg()
      .withExif({
        IFD0: { ImageDescription: name, Artist: name, Make: name, Model: name, Copyright: `javascript:window.ran=1` },
        IFD2: { DateTimeOriginal: `2014:03:0${(at % 9) + 1} 12:00:00` },
      })
      .toFile(file);
  }
  await service.writeFiles('films', [`${markup}.mp4`, `${names[9]}.mp4`]);
  const { folderCounter, jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await Promise.all([prober.drain(), folderCounter.drain()]);
  await nameAll();
});
afterAll(() => service.close());

/** Says of every picture by the API what its file is called by, as a title, a description and tags. */
async function nameAll(): Promise<void> {
  const { body } = await service.post({ query: '{ media(first: 50) { edges { node { id } } } }' });
  const { edges } = (body.data as { media: { edges: { node: { id: string } }[] } }).media;
  for (const [at, { node }] of edges.entries()) {
    const name = names[at % names.length] ?? '';
    const title = name.trim() === '' ? `\u200B${at}` : name;
    await service.post({
      query: 'mutation ($input: UpdateMediaInput!) { updateMedia(input: $input) { __typename } }',
      variables: {
        input: {
          id: node.id,
          title: title.repeat(3).slice(0, 400),
          description: name.repeat(40),
          addTags: [`${name.slice(0, 90)}${at}`],
        },
      },
    });
  }
}

/** Says as much of an item as the service takes. Returns its ID. */
async function sayAll(): Promise<string> {
  const { body } = await service.post({
    query: 'query ($filter: MediaFilter) { media(first: 1, filter: $filter) { edges { node { id } } } }',
    variables: { filter: { categories: ['films'] } },
  });
  const [edge] = (body.data as { media: { edges: { node: { id: string } }[] } }).media.edges;
  const id = edge?.node.id ?? '';
  const input = {
    id,
    title: 'T'.repeat(500),
    description: `${'D'.repeat(9_999)}\n${'語'.repeat(10_000)}`,
    // It has one already.
    addTags: Array.from({ length: 99 }, (_, at) => `${at + 1}${'W'.repeat(100)}`.slice(0, 100)),
  };
  const query = 'mutation ($input: UpdateMediaInput!) { updateMedia(input: $input) { __typename } }';
  const answer = await service.post({ query, variables: { input } });
  expect(answer.body.data).toEqual({ updateMedia: { __typename: 'MediaItem' } });
  return id;
}

/** What of a name has run, was taken for the page's own, or made it wider than the screen. */
function findTraces(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() => ({
    ran: (window as { ran?: unknown }).ran ?? null,
    strangers: document.querySelectorAll('img[src="x"], script:not([src])').length,
    wide: document.documentElement.scrollWidth - innerWidth,
    links: [...document.querySelectorAll('[href]')].filter((link) =>
      /^\s*javascript:/i.test(link.getAttribute('href') ?? ''),
    ).length,
  }));
}

const noTraces = { ran: null, strangers: 0, wide: 0, links: 0 };

it('shows names of every kind as they are, runs nothing of them, and keeps its layout', async () => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 320, height: 640 },
  ]) {
    const page = await openPage(service, '/c/photos', { viewport });
    const open = (path: string) => page.goto(new URL(path, service.url).href);
    await expectPage(cells(page).first()).toBeVisible();
    expect(await findTraces(page), 'grid').toEqual(noTraces);
    await page.getByRole('button', { name: 'Filters' }).click();
    await expectPage(page.getByRole('button', { name: new RegExp('onerror=window') }).first()).toBeVisible();
    expect(await findTraces(page), 'filters').toEqual(noTraces);

    await open('/?view=table');
    await expectPage(page.getByRole('gridcell').first()).toBeVisible();
    expect(await findTraces(page), 'table').toEqual(noTraces);
    await open('/c/films?view=grid');
    await expectPage(cells(page)).toHaveCount(2);
    expect(await findTraces(page), 'films').toEqual(noTraces);
    await open('/c/photos/folders/');
    await expectPage(page.getByRole('list', { name: 'Folders' }).getByRole('link')).toHaveCount(names.length);
    expect(await findTraces(page), 'folders').toEqual(noTraces);
    await open(`/c/photos/folders/${encodeURIComponent(markup)}`);
    await expectPage(page.getByRole('heading', { level: 1 })).toHaveText(markup);
    await expectPage(cells(page)).toHaveCount(1);
    expect(await findTraces(page), 'folder').toEqual(noTraces);
    await open(
      `/?q=${encodeURIComponent(markup)}&tag=${encodeURIComponent(markup)}&item=${encodeURIComponent(markup)}`,
    );
    await expectPage(page.getByRole('dialog')).toBeVisible();
    expect(await findTraces(page), 'address').toEqual(noTraces);

    await open('/c/photos');
    await cells(page).first().click();
    await expectPage(page.getByRole('dialog').getByRole('status')).toHaveText(`1 of ${names.length}`);
    await page.keyboard.press('i');
    await expectPage(page.getByRole('complementary')).toBeVisible();
    for (let at = 1; at < (viewport.width > 400 ? names.length : 3); at++) {
      await expectPage(page.getByRole('dialog').getByRole('status')).toHaveText(`${at} of ${names.length}`);
      await expectPage(page.getByRole('complementary')).toContainText('.jpg');
      expect(await findTraces(page), `viewer ${at}`).toEqual(noTraces);
      await page.keyboard.press('ArrowRight');
    }
  }
});

it('shows texts as long as they may be without losing what stands beside them, and keeps those that are too long', async () => {
  const id = await sayAll();
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 320, height: 640 },
  ]) {
    const page = await openPage(service, `/item/${encodeURIComponent(id)}`, { viewport });
    const panel = page.getByRole('complementary', { name: 'Details' });
    await expectPage(page.getByRole('dialog', { name: /^T{500}$/ })).toBeVisible();
    await page.keyboard.press('i');
    await expectPage(panel.getByRole('button', { name: /^Remove the tag 99W/ })).toBeAttached();
    expect(await findTraces(page), 'panel').toEqual(noTraces);
    expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);

    if (viewport.width < 400) continue;
    // A paste of more than a megabyte: the service says what is too much of it, and it stays typed.
    const title = panel.getByLabel('Title');
    const wrong = 'megabyte'.repeat(140_000);
    await title.fill(wrong);
    await title.press('Enter');
    await expectPage(panel.getByRole('alert')).not.toBeEmpty();
    expect((await title.inputValue()).length).toBe(wrong.length);
    await title.press('Escape');
    await expectPage(title).toHaveValue('T'.repeat(500));
    await page.keyboard.press('Escape');
    await page.goto(new URL('/?view=table', service.url).href);
    await expectPage(page.getByRole('gridcell').first()).toBeVisible();
    expect(await findTraces(page), 'table').toEqual(noTraces);
    await page.getByRole('searchbox').fill(wrong);
    await expectPage(page.getByText('Nothing matches.')).toBeVisible();
    expect(new URL(page.url()).searchParams.get('q')).toHaveLength(200);
    expect(await findTraces(page), 'search').toEqual(noTraces);
  }
});
