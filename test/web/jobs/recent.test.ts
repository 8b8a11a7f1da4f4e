import { expect, it } from 'vitest';
import { unreadOf } from '../../../src/web/jobs/unread.ts';
import { withJob, type RecentJobs } from '../../../src/web/jobs/with-job.ts';
import { aJob } from './a-job.ts';

const at = (minute: number) => `2026-03-05T12:${String(minute).padStart(2, '0')}:00.000Z`;
const none: RecentJobs = { running: [], ended: [] };

it('a job moves to those that ended once, and out of them when it is one of the oldest', () => {
  const running = withJob(withJob(none, aJob({ id: 'a', createdAt: at(1) })), aJob({ id: 'b', createdAt: at(2) }));
  expect(running.running.map(({ id }) => id)).toEqual(['b', 'a']);
  const ended = withJob(running, aJob({ id: 'a', createdAt: at(1), status: 'SUCCEEDED' }));
  expect([ended.running.map(({ id }) => id), ended.ended.map(({ id }) => id)]).toEqual([['b'], ['a']]);
  const many = Array.from({ length: 10 }, (_, n) => aJob({ id: `${n}`, createdAt: at(10 + n), status: 'SUCCEEDED' }));
  const full = many.reduce<RecentJobs>(withJob, ended);
  expect(full.ended).toHaveLength(10);
  expect(full.ended.map(({ id }) => id)).not.toContain('a');
});

it('unread is what ended since somebody looked, in a way to look at', () => {
  const ended = [
    aJob({ id: 'old', status: 'FAILED', finishedAt: at(1) }),
    aJob({ id: 'failed', status: 'FAILED', finishedAt: at(5) }),
    aJob({ id: 'held', status: 'HELD', finishedAt: at(6) }),
    aJob({ id: 'well', status: 'SUCCEEDED', finishedAt: at(7) }),
    aJob({ id: 'stopped', status: 'CANCELLED', finishedAt: at(7) }),
  ];
  expect(unreadOf(ended, at(1)).map(({ id }) => id)).toEqual(['failed', 'held']);
});
