// A process of its own for the kill test: hides everything, says the ID of the job, and is gone after the second batch.
import { createBatchPace } from '../../../src/base/async/batch-pace.ts';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { createBulk } from '../../../src/library/bulk/bulk.ts';
import { createJobs } from '../../../src/library/jobs/jobs.ts';

const [, , url = ''] = process.argv;
const ignore = (): void => undefined;
const database = await openDatabase(url);
const jobs = createJobs({ database, log: { info: ignore, warn: ignore, error: ignore } });
let batches = 0;
const bulk = createBulk({
  database,
  jobs,
  mediaConfig: { current: () => ({ categories: [] }) as never, findCategory: () => undefined },
  roots: { recognise: async () => ({ state: 'ONLINE' }) as never },
  removal: { deleteMany: () => Promise.reject(new Error('nothing is deleted here')) },
  events: {
    publish() {
      batches += 1;
      if (batches === 2) process.kill(process.pid, 'SIGKILL');
    },
  },
  onChanged: ignore,
  paceOf: () => createBatchPace({ targetMs: 1, smallest: 250, largest: 250, first: 250 }),
});
await bulk.hide({ filter: {} }, {});
