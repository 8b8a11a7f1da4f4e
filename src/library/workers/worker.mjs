// The worker's entry in development and in tests: Node 20 does not load TypeScript in a worker by itself.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export default await loadEntry();

/** Tests name a folder with the compiled sources: loading TypeScript costs each thread a third of a second. */
async function loadEntry() {
  const compiled = process.env.COMPILED_SOURCES;
  if (compiled !== undefined)
    return (await import(pathToFileURL(join(compiled, 'library/workers/worker.js')).href)).default;
  const { register } = await import('tsx/esm/api');
  register();
  return (await import('./worker.ts')).default;
}
