import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
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

/** A process of its own: in one of tests, the libraries of the page would be those for development. */
async function buildPage(folder: string): Promise<void> {
  const vite = `${root}/node_modules/vite/bin/vite.js`;
  const args = ['build', '--config', 'src/web/vite.config.ts', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [vite, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
