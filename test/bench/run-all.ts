// `npm run bench` runs the programs of this folder one after the other, at sizes that fit into ten minutes, and prints their
// ratios with their limits as one table, and the machine. What needs a copyparty or a browser of its own is not among them,
// and says in its head how it is run. A name runs that program alone: `npm run bench -- tiles`.
import { spawn } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { readFigures } from './read-figures.ts';

interface Program {
  name: string;
  args?: string[];
  env?: Record<string, string>;
}

const programs: Program[] = [
  { name: 'start' },
  { name: 'tiles', env: { RUN_MS: '1500' } },
  { name: 'metrics' },
  { name: 'list', env: { ROWS: '50000' } },
  { name: 'browse', args: ['50000'] },
  { name: 'list-facts', args: ['50000'] },
  { name: 'questions', args: ['50000'] },
  { name: 'bulk', env: { ROWS: '10000', PROVIDER: 'sqlite' } },
  { name: 'stream-disk' },
  { name: 'upload' },
  { name: 'walk' },
  { name: 'open-files' },
  { name: 'scan', args: ['20000'] },
  { name: 'moves', args: ['20000', '1'] },
  { name: 'shortcut', args: ['20000', '1'] },
  { name: 'hash' },
  { name: 'migrate-legacy' },
  { name: 'screens' },
  { name: 'tiers' },
  { name: 'proxies', args: ['1'] },
];
const wholeMs = 10 * 60_000;
const longestMs = 90_000;

const asked = process.argv[2];
const chosen = programs.filter(({ name }) => asked === undefined || name === asked);
if (chosen.length === 0) {
  console.error(`There is no ${asked}: name one of ${programs.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const startedAt = performance.now();
const rows: string[] = [];
for (const program of chosen) {
  const leftMs = wholeMs - (performance.now() - startedAt);
  rows.push(
    ...(leftMs < 5_000 ? [`| ${program.name} | not begun: ten minutes were over | | | |`] : await run(program, leftMs)),
  );
  console.error(`${program.name} has ended`);
}
const [cpu] = cpus();
console.log(
  `\n${availableParallelism()} of ${cpu?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}\n`,
);
console.log('| program | what | value | limit | |\n| --- | --- | --- | --- | --- |');
for (const row of rows) console.log(row);

async function run({ name, args = [], env = {} }: Program, leftMs: number): Promise<string[]> {
  const path = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // What it started ends with it.
    detached: true,
  });
  let isLate = false;
  const timer = setTimeout(
    () => {
      isLate = true;
      if (child.pid !== undefined) process.kill(-child.pid);
    },
    Math.min(longestMs, leftMs),
  );
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await ended;
  clearTimeout(timer);
  const figures = readFigures(printed).map(
    ({ what, value, kind, limit, isMet }) =>
      `| ${name} | ${what} | ${value} | ${kind} ${limit} | ${isMet ? 'ok' : '**over**'} |`,
  );
  if (isLate) return [...figures, `| ${name} | ended after its share of the time | | | |`];
  if (code !== 0) return [...figures, `| ${name} | failed: ${complaints.trim().split('\n').at(-1) ?? ''} | | | |`];
  return figures.length > 0 ? figures : [`| ${name} | ${printed.trim().split('\n').at(-1) ?? ''} | | | |`];
}
