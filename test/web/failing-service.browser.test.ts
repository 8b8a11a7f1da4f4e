import type { Page, Route } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cells, expectPage, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage();
  await service.writeFiles(
    'movies',
    Array.from({ length: 30 }, (_, at) => `Film ${String(at + 1).padStart(2, '0')}.mp4`),
  );
  await scan();
});
afterAll(() => service.close());

async function scan(): Promise<void> {
  const { jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
}

/** Answers all that the page asks in another way, until the returned function is called. */
async function answerAll(page: Page, answer: (route: Route) => Promise<void>): Promise<() => Promise<void>> {
  await page.route('**/graphql', answer);
  return () => page.unroute('**/graphql', answer);
}

const problem = (status: number, detail: string, headers: Record<string, string> = {}) => ({
  status,
  contentType: 'application/problem+json',
  headers,
  body: JSON.stringify({ title: detail, detail, status }),
});

const whatGoesWrong: [string, string | RegExp, (route: Route) => Promise<void>][] = [
  ['no answer', 'does not answer', (route) => route.abort()],
  ['busy', 'The service is busy', (route) => route.fulfill(problem(503, 'Busy.', { 'retry-after': '1' }))],
  ['too many requests', /busy.*1 second/, (route) => route.fulfill(problem(429, 'Slow.', { 'retry-after': '1' }))],
  ['words of a proxy', 'does not answer', (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' })],
  ['nonsense', 'Something else', (route) => route.fulfill({ contentType: 'text/html', body: '<p>Log in to Wi-Fi' })],
  ['half an answer', 'not answer', (route) => route.fulfill({ contentType: 'application/json', body: '{"data":{' })],
];

it('says in words what keeps the service away, keeps what is seen, and goes on by itself when it is back', async () => {
  const page = await openPage(service, '/c/movies?sort=TITLE');
  await expectPage(cells(page)).toHaveCount(30);
  for (const [at, [name, words, answer]] of whatGoesWrong.entries()) {
    const goOn = await answerAll(page, answer);
    const wanted = `Film 0${at + 1}`;
    await page.getByRole('searchbox').fill(wanted);
    await expectPage(page.getByRole('status').filter({ hasText: words }), name).toBeVisible();
    await goOn();
    await expectPage(cells(page), name).toHaveCount(1);
    await expectPage(cells(page), name).toHaveAttribute('aria-label', new RegExp(wanted));
    await expectPage(page.getByRole('status').filter({ hasText: words }), name).toHaveCount(0);
    expect(new URL(page.url()).searchParams.get('q')).toBe(wanted);
  }
});

it('waits without a network, and goes on with it', async () => {
  const page = await openPage(service, '/c/movies?sort=TITLE');
  await expectPage(cells(page)).toHaveCount(30);
  await page.context().setOffline(true);
  await page.getByRole('searchbox').fill('Film 07');
  await expectPage(page.getByText('The service does not answer')).toBeVisible();
  await page.context().setOffline(false);
  await expectPage(cells(page)).toHaveCount(1);
  expect(await cells(page).getAttribute('aria-label')).toBe('Film 07');
});

it('does after the sign-in what was refused before it, and sends once what a busy service put off', async () => {
  const page = await openPage(service, '/c/movies?sort=TITLE');
  await cells(page).first().focus();
  await page.keyboard.press('x');
  let sent = 0;
  const refusals = [
    problem(429, 'Slow.', { 'retry-after': '1' }),
    {
      status: 401,
      contentType: 'application/json',
      body: JSON.stringify({ errors: [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }] }),
    },
  ];
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('"favourite":true')) return route.fallback();
    const refusal = refusals[sent++];
    return refusal === undefined ? route.fallback() : route.fulfill(refusal);
  });
  await page.route('**/session', (route) => route.fulfill({ status: 204 }));
  await page.getByRole('button', { name: 'Make favourite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await expectPage(dialog).toContainText('nothing is lost');
  await dialog.getByLabel('Token').fill('a token');
  await page.keyboard.press('Enter');
  await expectPage(page.getByText('1 item changed')).toBeVisible();
  await expectPage(page.getByRole('gridcell', { name: 'Film 01, Favourite' })).toBeVisible();
  expect(sent).toBe(3);
});

it('tells of a newer page: of a question that is not known any more, and of a part that is gone', async () => {
  const page = await openPage(service, '/c/movies?sort=TITLE');
  await expectPage(cells(page)).toHaveCount(30);
  await page.route('**/assets/viewer-*.js', (route) => route.fulfill(problem(404, 'There is no such file.')));
  await cells(page).first().click();
  await expectPage(page.getByText('The service was updated.')).toBeVisible();
  await page.unroute('**/assets/viewer-*.js');
  await page.getByRole('button', { name: 'Load the page again' }).click();
  // The address has all of the view.
  await expectPage(page.getByRole('dialog', { name: 'Film 01' })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('sort')).toBe('TITLE');
  await page.keyboard.press('Escape');

  await page.route('**/graphql', async (route) => {
    const asked = route.request().postDataJSON() as { documentId?: string };
    const answer = await route.fetch({ postData: JSON.stringify({ ...asked, documentId: 'sha256:of-before' }) });
    await route.fulfill({ response: answer });
  });
  await page.getByRole('searchbox').fill('Film 09');
  await expectPage(page.getByText('The service was updated.').first()).toBeVisible();
});

it('says at an address what is not there, and leads on', async () => {
  const page = await openPage(service, '/c/nowhere');
  await expectPage(page.getByText('There is nothing at this address.')).toBeVisible();
  await page.goto(new URL('/item/TWVkaWFJdGVtOjk5OTk5OQ', service.url).href);
  await expectPage(page.getByText('This item is not here any more')).toBeVisible();
  await page.keyboard.press('Escape');
  await expectPage(cells(page)).toHaveCount(30);
  expect(new URL(page.url()).pathname).toBe('/');
  await page.goto(new URL('/item/%00%F0%9F%92%A9', service.url).href);
  await expectPage(
    page.getByRole('button', { name: 'Close' }).or(page.getByText('nothing at this address')),
  ).toBeVisible();
});

it('hears of changes without its socket, and by it again', async () => {
  const sockets: { close: () => Promise<void> }[] = [];
  let isCut = true;
  const page = await openPage(service, '/trash');
  await page.routeWebSocket('**/graphql', (socket) => {
    if (isCut) {
      void socket.close();
      return;
    }
    socket.connectToServer();
    sockets.push(socket);
  });
  await page.goto(new URL('/c/movies?sort=TITLE', service.url).href);
  await expectPage(cells(page)).toHaveCount(30);
  await service.writeFiles('movies', ['Film 31.mp4']);
  await scan();
  await expectPage(page.getByRole('grid', { name: 'Movies, 31 items' })).toBeVisible();
  expect(sockets).toEqual([]);

  isCut = false;
  await expectPage.poll(() => sockets.length).toBeGreaterThan(0);
  await service.writeFiles('movies', ['Film 32.mp4']);
  await scan();
  await expectPage(page.getByRole('grid', { name: 'Movies, 32 items' })).toBeVisible();
});
