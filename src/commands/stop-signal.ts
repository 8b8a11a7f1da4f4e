import { reportFailure } from './report-failure.ts';

/**
 * Calls `stop` once, on the first SIGTERM or SIGINT; the process ends by itself when nothing is left to do. A second
 * signal ends it at once.
 */
export function createStop(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) {
      process.kill(process.pid, 'SIGKILL');
      return;
    }
    isStopping = true;
    stop(signal).catch((error: unknown) => {
      reportFailure(error);
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
