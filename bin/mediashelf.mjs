#!/usr/bin/env node
// @ts-check The command line, as `npx mediashelf` and `npm run mediashelf` start it. In a checkout, it first has built what
// is stale of dist/, so that every command works after `npm ci` alone. In production, and where there are no sources, as
// in an image, it runs dist/ as it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @param {string} path From the root of the package. */
const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const main = fromRoot('dist/main.js');
const build = fromRoot('scripts/build.mjs');
// Packages for production are without the compiler: what was built is run then.
const canBuild = existsSync(build) && existsSync(fromRoot('src')) && existsSync(fromRoot('node_modules/.bin/tsc'));
const isInstalled = process.env.NODE_ENV === 'production' && existsSync(main);

// Standard output is left to the command, which may print JSON.
const isBuilt =
  isInstalled || !canBuild || spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] }).status === 0;
if (!isBuilt) process.exitCode = 1;
else if (existsSync(main)) await import(pathToFileURL(main).href);
else {
  process.stderr.write('mediashelf is not built, and cannot be: run `npm ci` first.\n');
  process.exitCode = 1;
}
