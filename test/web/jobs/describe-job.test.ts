import { expect, it } from 'vitest';
import { nameOf, outcomeOf, progressOf } from '../../../src/web/jobs/describe-job.ts';
import type { Job } from '../../../src/web/jobs/job-facts.ts';
import { jobTexts } from '../../../src/web/words/jobs.ts';
import { aJob } from './a-job.ts';

const categories = [
  { key: 'photos', label: 'Photos' },
  { key: 'films', label: 'Films' },
];

const aScan = (changed: object) =>
  ({
    ...aJob(),
    __typename: 'ScanJob',
    kind: 'SCAN',
    dryRun: false,
    categories: ['photos'],
    paths: null,
    appliesPlanOf: null,
    summary: null,
    ...changed,
  }) as unknown as Job;

it('a scan is named by what it does, and of what', () => {
  expect(nameOf(aScan({}), categories)).toBe('Scan of Photos');
  expect(nameOf(aScan({ categories: ['photos', 'films'] }), categories)).toBe('Scan');
  expect(nameOf(aScan({ dryRun: true }), categories)).toBe('Plan of a scan of Photos');
  expect(nameOf(aScan({ appliesPlanOf: 'b' }), categories)).toBe('Planned scan of Photos');
  expect(nameOf(aScan({ paths: ['photos/2024'] }), categories)).toBe('Scan of photos/2024');
  expect(nameOf(aScan({ paths: ['a', 'b', 'c', 'd'] }), categories)).toBe('Scan of 4 places');
});

it('progress is told by numbers, rate and the time left, as far as each is known', () => {
  const { progress } = aJob();
  expect(progressOf(aJob())).toBe('');
  expect(progressOf(aJob({ status: 'QUEUED' }))).toBe('Waits for its turn');
  const told = { ...progress, done: 1_204, total: 8_000, itemsPerSecond: 120.4, remainingSeconds: 119 };
  expect(progressOf(aJob({ progress: told }))).toBe('1,204 of 8,000 · 120 a second · 2 min left');
  expect(progressOf(aJob({ progress: { ...progress, done: 7 } }))).toBe('7');
});

it('slow rates and long times are told in larger units', () => {
  expect(jobTexts.rate(0.25)).toBe('15 a minute');
  expect(jobTexts.left(59)).toBe('less than a minute left');
  expect(jobTexts.left(3 * 3_600 + 120)).toBe('3 h 2 min left');
  expect(jobTexts.left(3_599)).toBe('1 h 0 min left');
});

it('what came of it is told in words, with what failed', () => {
  expect(outcomeOf(aJob())).toBe('');
  const report = { changed: 3, unchanged: 1, failed: 2 };
  expect(outcomeOf(aJob({ status: 'SUCCEEDED_WITH_ERRORS', bulkReport: report }))).toBe(
    '3 items removed · 1 as wanted already · 2 failed',
  );
  expect(outcomeOf(aJob({ status: 'FAILED', failure: 'The disk is full.' }))).toBe('The disk is full.');
  const totals = { added: 0, updated: 0, moved: 0, missing: 0 };
  expect(outcomeOf(aScan({ status: 'SUCCEEDED', summary: { totals } }))).toBe('Nothing had changed');
  expect(outcomeOf(aScan({ status: 'HELD', summary: { totals: { ...totals, added: 3, missing: 12 } } }))).toBe(
    '3 new · 12 lost',
  );
});
