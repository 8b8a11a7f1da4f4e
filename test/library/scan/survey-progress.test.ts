import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { progressPercent, type JobProgress } from '../../../src/library/jobs/job-progress.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary, type ScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describeOnEachDatabase('The progress of a scan', (open) => {
  /** A library of two categories, with the progress as it was when each of their walks began. */
  async function openTwo() {
    const seen: JobProgress[] = [];
    const roots = { first: await temporaryFolder(), second: await temporaryFolder() };
    const categories = Object.entries(roots).map(([key, rootPath]) => categoryOf({ key, rootPath }));
    const library: ScanLibrary = await openScanLibrary(await open(), categories, {
      async onWalk() {
        const scan = await library.scanner.activeScan();
        if (scan !== null) seen.push(scan.progress);
      },
    });
    const scan = async (names?: string[]) => {
      seen.length = 0;
      const { job } = await library.scan(names ? { categories: names } : {});
      return { seen: [...seen], end: job.progress };
    };
    const write = (root: keyof typeof roots, names: string[]) =>
      Promise.all(names.map((name) => writeFile(join(roots[root], name), name)));
    return { scan, write };
  }

  const unknown = { total: null, remainingSeconds: null };

  it('has no total, percentage or end before each category has been seen whole', async () => {
    const { scan, write } = await openTwo();
    await write('first', ['a.jpg', 'b.jpg']);
    await write('second', ['c.jpg']);
    expect((await scan(['first'])).seen).toMatchObject([{ ...unknown, done: 0 }]);
    const { seen, end } = await scan();
    expect(seen).toMatchObject([
      { ...unknown, done: 0 },
      { ...unknown, done: 2 },
    ]);
    expect(seen.map(progressPercent)).toEqual([null, null]);
    expect(end).toMatchObject({ done: 3, total: 3 });
    expect((await scan()).seen).toMatchObject([
      { done: 0, total: 3 },
      { done: 2, total: 3 },
    ]);
  });

  it('has no total any more where there are more files than were known', async () => {
    const { scan, write } = await openTwo();
    await write('first', ['a.jpg']);
    await scan();
    await write('first', ['b.jpg', 'c.jpg']);
    const { seen, end } = await scan();
    expect(seen).toMatchObject([
      { done: 0, total: 1 },
      { ...unknown, done: 3 },
    ]);
    expect(end).toMatchObject({ done: 3, total: 3 });
  });
});
