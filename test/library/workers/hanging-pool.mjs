// A process with a pool whose one task hangs in native code. It says when the task runs, closes the pool when it is told
// to, and then has to end by itself.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const pool = join(process.env.COMPILED_SOURCES, 'library/workers/worker-pool.js');
const { createWorkerPool } = await import(pathToFileURL(pool).href);
const filename = fileURLToPath(new URL('./stubborn-worker.mjs', import.meta.url));
const { run, close } = createWorkerPool({ filename });
run('renderPicture', { source: { kind: 'drawing', svg: 'native' } }).catch(() => undefined);
process.once('message', () => {
  process.disconnect();
  void close();
});
