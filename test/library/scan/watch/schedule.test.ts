import { EventEmitter, once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ScanAlreadyRunningError } from '../../../../src/library/scan/scan-errors.ts';
import { startSchedule } from '../../../../src/library/scan/watch/schedule.ts';

it('starts a scan at each of its times, after one that runs already', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-01T02:59:30') });
  onTestFinished(() => void vi.useRealTimers());
  const start = vi.fn<() => Promise<never>>().mockRejectedValueOnce(new ScanAlreadyRunningError('id', ['photos']));
  const log = { info: vi.fn<() => void>(), error: vi.fn<() => void>() };
  const running = new EventEmitter();
  const waitFor = vi.fn<(id: string) => Promise<never>>(async () => (await once(running, 'end')) as never);
  const schedule = startSchedule('0 3 * * *', { scanner: { start }, jobs: { waitFor }, log });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(start).toHaveBeenCalledTimes(1);
  expect(waitFor).toHaveBeenCalledExactlyOnceWith('id');
  running.emit('end');
  await vi.advanceTimersByTimeAsync(0);
  expect(start).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(start.mock.calls).toEqual(Array.from({ length: 3 }, () => [{ requestedBy: 'schedule' }]));
  schedule.close();
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(start).toHaveBeenCalledTimes(3);
  expect(log.error).not.toHaveBeenCalled();
});
