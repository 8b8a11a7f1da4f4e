import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { expect as playwrightExpect } from 'playwright/test';
import { afterAll, expect, inject, onTestFinished } from 'vitest';
import { openTestService, type TestService, type TestServiceOptions } from './test-service.ts';

/** The real service with the page as it ships. */
export function openServiceWithPage(options: TestServiceOptions = {}): Promise<TestService> {
  return openTestService({ ...options, page: inject('page') });
}

/** Waits for what the page is to show; a busy machine may take long. */
export const expectPage = playwrightExpect.configure({ timeout: 60_000 });

let browser: Promise<Browser> | undefined;

/** One browser for the tests of a file, ended after them. */
function sharedBrowser(): Promise<Browser> {
  const { executable, env } = inject('chromium');
  browser ??= chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env },
    args: ['--font-render-hinting=none', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
  });
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/**
 * Opens an address of the service in a context of its own, which ends with the test. A test fails by what the page throws, and by
 * whatever breaks its policy.
 */
export async function openPage(
  { url }: Pick<TestService, 'url'>,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await (await sharedBrowser()).newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const faults: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.text().startsWith('policy: ')) faults.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(new URL(path, url).href);
  return page;
}

/** What an accessibility checker finds wrong with the page as it is now, a line each; by all its rules, or by those alone that a theme can break. */
export async function findBarriers(page: Page, rules: 'all' | 'of colours' = 'all'): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  // The page has no frames: it is looked at where it is, without another page for each part of the answer.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (
    rules === 'all' ? axe.withTags(tags) : axe.withRules(['color-contrast', 'link-in-text-block'])
  ).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/** The cells of the list that are seen, as they are read out. */
export function cells(page: Page): ReturnType<Page['locator']> {
  return page.locator('[role=gridcell][aria-label]');
}
