import type { Service } from '../../src/service/service.ts';
import type { ProgressStep } from '../../src/library/jobs/job-progress.ts';
import type { ScanInput } from '../../src/library/scan/scan-input.ts';
import { asJobsOfTest } from '../library/jobs/jobs-of-test.ts';

/** Scans that do what the test says, instead of walking through folders. */
export interface HeldScans {
  /** Of the scan that runs. */
  advance(step: ProgressStep): void;
  /** Lets the scan that runs come to its end. */
  finish(): void;
}

/** From now on each scan of the service waits until it is told to finish, or is cancelled. */
export function holdScans({ jobs }: Pick<Service, 'jobs'>): HeldScans {
  let running: { advance: HeldScans['advance']; finish: HeldScans['finish'] } | undefined;
  asJobsOfTest(jobs).register<ScanInput, void>({
    kind: 'SCAN',
    locks: ({ categories }) => categories.map((key) => `scan:${key}`),
    async run({ progress, signal }) {
      progress.start({ total: 100 });
      await new Promise<void>((finish) => {
        running = { advance: (step) => progress.advance(step), finish };
        if (signal.aborted) finish();
        signal.addEventListener('abort', () => finish());
      });
    },
  });
  return {
    advance: (step) => running?.advance(step),
    finish: () => running?.finish(),
  };
}
