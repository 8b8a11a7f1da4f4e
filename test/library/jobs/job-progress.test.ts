import { describe, expect, it } from 'vitest';
import {
  createProgressMeter,
  noProgress,
  progressPercent,
  readProgress,
} from '../../../src/library/jobs/job-progress.ts';

function createClock(): { now: () => number; tick(ms: number): void } {
  let time = 1_000;
  return { now: () => time, tick: (ms) => void (time += ms) };
}

/** The rate after 10 s at 100 a second and 10 s at 20, for somebody who looks that often. */
function rateAfterSlowdown(lookEveryMs: number): number | null {
  const clock = createClock();
  const meter = createProgressMeter(clock.now);
  const work = (ms: number, perSecond: number): void => {
    for (let passed = 0; passed < ms; passed += lookEveryMs) {
      meter.advance({ done: (perSecond * lookEveryMs) / 1000 });
      clock.tick(lookEveryMs);
      meter.snapshot();
    }
  };
  work(10_000, 100);
  work(10_000, 20);
  return meter.snapshot().itemsPerSecond;
}

describe('the progress meter', () => {
  it('knows nothing at the start', () => {
    expect(createProgressMeter(createClock().now).snapshot()).toEqual(noProgress);
  });

  it('adds up the steps and keeps the last item in mind', () => {
    const meter = createProgressMeter(createClock().now);
    meter.start({ total: 10 });
    meter.advance({ done: 1, bytes: 100, currentItem: 'a.mp4' });
    meter.advance({ done: 2, bytes: 50 });
    expect(meter.snapshot()).toEqual({ ...noProgress, done: 3, total: 10, bytesDone: 150, currentItem: 'a.mp4' });
  });

  it('takes a larger total when more is found, without losing what is done', () => {
    const meter = createProgressMeter(createClock().now);
    meter.start({ total: 10, bytesTotal: 500 });
    meter.advance({ done: 4 });
    meter.start({ total: 20 });
    expect(meter.snapshot()).toMatchObject({ done: 4, total: 20, bytesTotal: 500 });
  });

  it('estimates the time that is left from the items while no sum of bytes is known', () => {
    const clock = createClock();
    const meter = createProgressMeter(clock.now);
    meter.start({ total: 100 });
    meter.advance({ done: 20 });
    clock.tick(2_000);
    expect(meter.snapshot()).toMatchObject({ itemsPerSecond: 10, remainingSeconds: 8 });
  });

  it('estimates the time that is left from the bytes where their sum is known', () => {
    const clock = createClock();
    const meter = createProgressMeter(clock.now);
    meter.start({ total: 2, bytesTotal: 1_000 });
    meter.advance({ done: 1, bytes: 100 });
    clock.tick(1_000);
    expect(meter.snapshot()).toMatchObject({ itemsPerSecond: 1, remainingSeconds: 9 });
  });

  it('follows a change of speed smoothly, however often it is looked at', () => {
    // One time constant after the change, 63 % of the way from 100 to 20 is behind it.
    expect(rateAfterSlowdown(1_000)).toBeCloseTo(20 + 80 / Math.E, 1);
    expect(rateAfterSlowdown(5_000)).toBeCloseTo(20 + 80 / Math.E, 1);
  });

  it('slows down while nothing is done', () => {
    const clock = createClock();
    const meter = createProgressMeter(clock.now);
    meter.start({ total: 20 });
    meter.advance({ done: 10 });
    clock.tick(1_000);
    expect(meter.snapshot().itemsPerSecond).toBe(10);
    clock.tick(60_000);
    expect(meter.snapshot().itemsPerSecond).toBeLessThan(0.1);
    expect(meter.snapshot().remainingSeconds).toBeGreaterThan(100);
  });

  it('does not judge the speed by a moment', () => {
    const clock = createClock();
    const meter = createProgressMeter(clock.now);
    meter.start({ total: 1_000 });
    meter.advance({ done: 50 });
    clock.tick(10);
    expect(meter.snapshot()).toMatchObject({ itemsPerSecond: null, remainingSeconds: null });
  });

  it('shows the speed of the whole run at its end, and no current item', () => {
    const clock = createClock();
    const meter = createProgressMeter(clock.now);
    meter.start({ total: 30 });
    meter.advance({ done: 29, currentItem: 'y' });
    clock.tick(1_000);
    meter.snapshot();
    meter.advance({ done: 1, currentItem: 'z' });
    clock.tick(9_000);
    meter.finish();
    clock.tick(50_000);
    expect(meter.snapshot()).toMatchObject({ done: 30, itemsPerSecond: 3, currentItem: null, remainingSeconds: null });
  });
});

describe('the percentage', () => {
  it.each([
    ['null while no total is known', { done: 5 }, null],
    ['by items', { done: 1, total: 3 }, 33.3],
    ['by bytes where their sum is known', { done: 9, total: 10, bytesDone: 1, bytesTotal: 4 }, 25],
    ['by items where all are empty files', { done: 1, total: 2, bytesTotal: 0 }, 50],
    ['not 100 before the last', { done: 9_999, total: 10_000 }, 99.9],
    ['100 where there is nothing to do', { total: 0 }, 100],
    ['100 where more was done than announced', { done: 12, total: 10 }, 100],
  ])('is %s', (_case, progress, percent) => {
    expect(progressPercent({ ...noProgress, ...progress })).toBe(percent);
  });
});

it('reads progress that an older version stored, and leaves out what is not shown', () => {
  expect(readProgress({ done: 3, interruptions: { count: 1 } })).toEqual({ ...noProgress, done: 3 });
  expect(readProgress({})).toEqual(noProgress);
});
