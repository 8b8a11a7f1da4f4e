import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildPage } from './build-page.ts';
import { findChromium, type Chromium } from './find-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: Chromium;
    /** The folder of the built page. */
    page: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the page as it ships, and finds a browser. Vitest wants a default export. */
export default async function setUp(project: TestProject): Promise<void> {
  const page = `${root}/.compiled/page`;
  const [chromium] = await Promise.all([findChromium(), buildPage(page)]);
  project.provide('chromium', chromium);
  project.provide('page', page);
}
