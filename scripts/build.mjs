// @ts-check `node scripts/build.mjs` makes what is stale of dist/ and of the generated sources that it is compiled
// from. With the argument `generate` it makes what is stale of all generated sources, those of the tests too, and no
// dist/. It is plain JavaScript without packages, as every `npm start` waits for it. It prints nothing where nothing is
// stale, and no more than a line for each round where all goes well. Processes that build at one moment take turns.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { isFresh, listFiles, makeStep } from './make-step.mjs';

/** @typedef {import('./make-step.mjs').Step} Step */

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

// The lock file represents the versions of the tools, and this folder how they are called.
const tools = ['package-lock.json', 'scripts'];

/** @type {Step} */
const clients = {
  inputs: [...tools, 'prisma.config.ts', 'prisma/schema.prisma'],
  output: 'src/base/database/generated',
  run: () => runQuietly('tsx', 'scripts/generate-clients.ts'),
};

/** @type {Step} */
const serviceDocuments = {
  inputs: [...tools, 'codegen.ts', 'schema/schema.graphql', 'src/commands'],
  output: 'src/commands/generated',
  run: () => runQuietly('graphql-codegen', '--config', 'codegen.ts'),
};

/** @type {Step} */
const testDocuments = {
  inputs: [...tools, 'codegen.ts', 'schema/schema.graphql', 'docs/graphql.md', 'test'],
  output: 'test/generated',
  run: () => runQuietly('graphql-codegen', '--config', 'test/codegen.ts'),
};

/** @type {Step} */
const pageDocuments = {
  inputs: [...tools, 'codegen.ts', 'schema/schema.graphql', 'src/web'],
  output: 'src/web/generated',
  run: () => runQuietly('graphql-codegen', '--config', 'src/web/codegen.ts'),
};

/** @type {Step} */
const page = {
  inputs: [...tools, 'tsconfig.json', 'src/web'],
  output: 'dist/web',
  run: () => runQuietly('vite', 'build', '--config', 'src/web/vite.config.ts'),
};

/** @type {Step} */
const compiled = {
  inputs: [...tools, 'tsconfig.json', 'tsconfig.build.json', 'src'],
  output: 'dist',
  apart: ['src/web', 'dist/web'],
  async run(hasIntactOutput) {
    // Without .tsbuildinfo the compiler writes all files again, and not only what has changed.
    if (!hasIntactOutput) rmSync('dist/.tsbuildinfo', { force: true });
    await runQuietly('tsc', '--project', 'tsconfig.build.json');
    await runQuietly('tsx', 'scripts/bundle.ts');
    removeOrphans();
  },
};

// What is made in one after the other, by what is asked for.
const rounds =
  process.argv[2] === 'generate'
    ? [[clients, serviceDocuments, testDocuments, pageDocuments]]
    : [
        [clients, serviceDocuments, pageDocuments],
        [compiled, page],
      ];

try {
  // Two commands may be the first ones at one moment: the second finds what the first has made.
  if (!rounds.flat().every(isFresh)) await withBuildLock('.building', makeRounds, sayThatItWaits);
} catch (error) {
  process.stderr.write(error instanceof Error ? `${error.message}\n` : String(error));
  process.exitCode = 1;
}

async function makeRounds() {
  for (const steps of rounds) await makeAll(steps);
}

function sayThatItWaits() {
  process.stderr.write('Waiting for another build of this folder to end\n');
}

/** @param {Step[]} steps */
async function makeAll(steps) {
  const stale = steps.filter((step) => !isFresh(step));
  if (stale.length === 0) return;
  process.stderr.write(`Making ${stale.map(({ output }) => output).join(', ')}\n`);
  await Promise.all(stale.map(makeStep));
}

/**
 * Runs a tool of the packages; what it printed is reported only where it fails.
 *
 * @param {string} tool
 * @param {string[]} args
 */
async function runQuietly(tool, ...args) {
  const child = spawn(process.execPath, [`node_modules/.bin/${tool}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // As npm has it: tools start tools by their names.
    // The page is built as it ships, whatever runs the build.
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`,
    },
  });
  const ended = new Promise((done) => child.on('close', done));
  const [printed, warned, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${tool} ${args.join(' ')} failed:\n${printed}${warned}`);
}

/** Removes the compiled files of sources that are gone. */
function removeOrphans() {
  const sources = new Set(listFiles('src').map((path) => path.replace(/^src\//, 'dist/').replace(/\.m?ts$/, '.js')));
  for (const path of listFiles('dist').filter((path) => !/^dist\/(?:web|bundle)\//.test(path))) {
    if (path !== 'dist/.tsbuildinfo' && !sources.has(path.replace(/\.map$/, ''))) rmSync(path);
  }
}
