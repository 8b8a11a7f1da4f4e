import { expect, it, onTestFinished, vi } from 'vitest';
import { ScanAlreadyRunningError } from '../../src/scan/scan-errors.ts';
import { startSchedule } from '../../src/watch/schedule.ts';

it('starts a scan at each of its times, and does not mind one that runs already', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-01T02:59:30') });
  onTestFinished(() => void vi.useRealTimers());
  const start = vi.fn<() => Promise<never>>().mockRejectedValueOnce(new ScanAlreadyRunningError('id', ['photos']));
  const log = { info: vi.fn<() => void>(), error: vi.fn<() => void>() };
  const schedule = startSchedule('0 3 * * *', { scanner: { start }, log });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(start).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(start.mock.calls).toEqual([[{ requestedBy: 'schedule' }], [{ requestedBy: 'schedule' }]]);
  schedule.close();
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(start).toHaveBeenCalledTimes(2);
  expect(log.error).not.toHaveBeenCalled();
});
