#!/usr/bin/env node
// @ts-check The command line, as `npm start` and `npx mediashelf` start it. In a checkout, it first has built what is
// stale of dist/, so that every command works after `npm ci` alone. In production, and where there are no sources, as in
// an image, it runs dist/ as it is.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

// Of libuv's four threads for files, some uploads that are flushed to a slow disk can take all, and streams wait for one.
// Its pool starts with the first file that is read beside the event loop, which an ECMAScript module is: hence CommonJS.
process.env.UV_THREADPOOL_SIZE ??= '16';

/** @param {string} path From the root of the package. */
const fromRoot = (path) => join(__dirname, '..', path);
const main = fromRoot('dist/main.js');
const build = fromRoot('scripts/build.mjs');
// Packages for production are without the compiler: what was built is run then.
const canBuild = existsSync(build) && existsSync(fromRoot('src')) && existsSync(fromRoot('node_modules/.bin/tsc'));
const isInstalled = process.env.NODE_ENV === 'production' && existsSync(main);

// Standard output is left to the command, which may print JSON.
const isBuilt =
  isInstalled || !canBuild || spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] }).status === 0;
if (!isBuilt) process.exitCode = 1;
else if (existsSync(main)) void import(pathToFileURL(main).href);
else {
  process.stderr.write('mediashelf is not built, and cannot be: run `npm ci` first.\n');
  process.exitCode = 1;
}
