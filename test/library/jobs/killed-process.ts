// A process of its own for the kill test: runs one job that goes on for ever, and says its ID.
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { createJobs } from '../../../src/library/jobs/jobs.ts';
import { asJobsOfTest } from './jobs-of-test.ts';

const [, , url = ''] = process.argv;
const ignore = (): void => undefined;
const database = await openDatabase(url);
const jobs = asJobsOfTest(createJobs({ database, log: { info: ignore, warn: ignore, error: ignore } }));
jobs.register({
  kind: 'HASH',
  locks: () => ['hash'],
  async run({ progress, reportItemError }) {
    progress.start({ total: 1_000_000 });
    reportItemError({ item: 'first.bin', code: 'UNREADABLE', message: 'seen by the process that is killed' });
    for (;;) {
      progress.advance({ done: 1 });
      await sleep(10);
    }
  },
});
const { id } = await jobs.start('HASH', { items: 3 }, { requestedBy: 'ada' });
process.send?.(id);
