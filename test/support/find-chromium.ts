import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A Chromium that can be started, and the variables that it needs beside those of the process. */
export interface Chromium {
  executable: string;
  env: Record<string, string>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Finds the Chromium of the browser tests: that of CHROMIUM_PATH, that of the npm package, or the system's. Throws with what to install where
 * there is none: tests that were left out would show nothing.
 */
export async function findChromium(): Promise<Chromium> {
  const { CHROMIUM_PATH: named } = process.env;
  if (named !== undefined && named !== '') return { executable: named, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackOnce();
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell', '/usr/bin/google-chrome'].find(
    existsSync,
  );
  if (installed !== undefined) return { executable: installed, env: {} };
  throw new Error(
    'The browser tests need a Chromium: install one, and name its program in CHROMIUM_PATH. ' +
      'All other tests run by `npm test -- --project together --project alone`.',
  );
}

/** Unpacks the package's into a folder of ours, once for all runs; of runs that do so at one moment, the first wins. */
async function unpackOnce(): Promise<Chromium> {
  const manifest = join(root, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(root, 'node_modules/.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.${process.pid}`;
    await mkdir(dirname(folder), { recursive: true });
    const script = fileURLToPath(new URL('unpack-chromium.mjs', import.meta.url));
    await promisify(execFile)(process.execPath, [script, partial, folder]);
    await rename(partial, folder).catch(async (error: unknown) => {
      await rm(partial, { recursive: true });
      if (!existsSync(folder)) throw error;
    });
  }
  return {
    executable: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}
