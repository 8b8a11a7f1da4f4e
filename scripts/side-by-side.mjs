// @ts-check
// node scripts/side-by-side.mjs SCRIPT…: runs scripts of package.json at the same time. What each printed comes in one piece,
// in the order in which they are named, when all have ended; the exit code is 1 where one failed.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const runs = await Promise.all(process.argv.slice(2).map(run));
for (const { name, code, seconds, printed } of runs) {
  process.stdout.write(
    `${code === 0 ? 'ok' : 'FAILED'} ${name} (${seconds.toFixed(0)} s)\n${code === 0 ? '' : printed}`,
  );
}
process.exitCode = runs.every(({ code }) => code === 0) ? 0 : 1;

/** @param {string} name */
async function run(name) {
  const startedAt = performance.now();
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { name, code, seconds: (performance.now() - startedAt) / 1000, printed: stdout + stderr };
}
