import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// As deep as `src` and `dist`, since sources name files beside them.
const folder = fileURLToPath(new URL('../../.compiled', import.meta.url));

/**
 * Compiles the sources, or what changed of them, and gives the folder. Processes and worker threads that tests start run
 * this: loading TypeScript costs each of them more than most of what they are asked to do.
 */
export async function compileSources(): Promise<string> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');
  const project = fileURLToPath(new URL('../../tsconfig.build.json', import.meta.url));
  const options = ['--noCheck', '--sourceMap', 'false', '--incremental', '--tsBuildInfoFile', join(folder, 'state')];
  await promisify(execFile)(process.execPath, [compiler, '-p', project, '--outDir', folder, ...options]);
  return folder;
}
