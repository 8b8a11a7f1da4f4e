import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const entry = fileURLToPath(new URL('../../bin/mediashelf.cjs', import.meta.url));

/** As `dist/main.js`: says how many threads libuv has started for as many tasks. */
const program = `
  import { pbkdf2 } from 'node:crypto';
  import { readdirSync } from 'node:fs';
  for (let n = 0; n < 32; n += 1) pbkdf2('a', 'b', 1e7, 8, 'sha512', () => undefined);
  console.log(process.argv.slice(2).join(' '), readdirSync('/proc/self/task').length);
  process.kill(process.pid, 'SIGKILL');
`;

// Its list of threads is Linux's.
it.runIf(process.platform === 'linux')(
  'The entry runs what is built, with more threads for files than Node has by itself',
  async () => {
    const folder = await temporaryFolder();
    await cp(entry, join(folder, 'bin/mediashelf.cjs'));
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'dist/main.js'), program);
    const threadsOf = async (environment: Record<string, string>) => {
      const env = { PATH: process.env.PATH, ...environment };
      const ended = run(process.execPath, [join(folder, 'bin/mediashelf.cjs'), 'scan', '--json'], { env });
      const { stdout } = await ended.catch((error: { stdout: string }) => error);
      const [, threads] = /^scan --json (\d+)\n$/.exec(stdout) ?? [];
      return Number(threads);
    };
    const few = await threadsOf({ UV_THREADPOOL_SIZE: '4' });
    expect(await threadsOf({})).toBe(few + 12);
  },
);
