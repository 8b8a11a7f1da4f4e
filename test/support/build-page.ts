import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the page as it ships. In a process of its own: in one of tests, its libraries would be those for development. */
export async function buildPage(folder: string): Promise<void> {
  const vite = `${root}/node_modules/vite/bin/vite.js`;
  const args = ['build', '--config', 'src/web/vite.config.ts', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [vite, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
