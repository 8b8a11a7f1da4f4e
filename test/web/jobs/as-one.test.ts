import { expect, it } from 'vitest';
import { asOne } from '../../../src/web/jobs/as-one.ts';
import { outcomeOf } from '../../../src/web/jobs/describe-job.ts';
import type { Job } from '../../../src/web/jobs/job-facts.ts';
import { aJob } from './a-job.ts';

const aHash = (hashed: number, errors: number) => {
  const hashReport = { total: hashed + errors, hashed, migrated: 0, conflicts: 0, missing: 0, errors };
  return { ...aJob(), __typename: 'HashJob', kind: 'HASH', status: 'SUCCEEDED', hashReport } as unknown as Job;
};

const ended = (changed: number) =>
  aJob({ status: 'SUCCEEDED', bulkReport: { changed, unchanged: changed + 1, failed: 0 } });

it('several jobs of one kind report as one what each of them has done', () => {
  expect(asOne([ended(3), ended(4), ended(5)])).toEqual({
    ...ended(3),
    bulkReport: { changed: 12, unchanged: 15, failed: 0 },
  });
  expect(outcomeOf(asOne([aHash(2, 0), aHash(1_000, 3)])!)).toBe('1,002 files hashed · 3 failed');
});

it('one that reports nothing adds nothing, and none are none', () => {
  expect(asOne([aJob(), aJob({ bulkReport: { changed: 1, unchanged: 0, failed: 0 } })])).toMatchObject({
    bulkReport: { changed: 1 },
  });
  expect(asOne([aJob()])).toMatchObject({ bulkReport: null });
  expect(asOne([])).toBeUndefined();
});
