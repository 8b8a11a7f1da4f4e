import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.compiled');

/** What the sources find beside them stands beside the compiled ones too. */
const neighbours = ['package.json', 'prisma', 'test/fixtures'];

/**
 * Compiles the sources and the tests' own programs (`*-process.ts`), or what changed of them, and returns the folder of
 * the sources. Processes and worker threads that tests start run these: loading TypeScript costs each of them more than
 * most of what they are asked to do.
 */
export async function compileSources(): Promise<string> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');
  const project = fileURLToPath(new URL('tsconfig.compiled.json', import.meta.url));
  await promisify(execFile)(process.execPath, [compiler, '-p', project]);
  for (const name of neighbours) await linkOnce(join(root, name), join(folder, name));
  return join(folder, 'src');
}

/** Returns the path at which a file of `src/`, or one of the tests' programs, is compiled. */
export function compiledPath(source: URL): string {
  return join(folder, relative(root, fileURLToPath(source))).replace(/\.ts$/, '.js');
}

async function linkOnce(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
