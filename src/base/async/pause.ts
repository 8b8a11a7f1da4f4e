/** Waits that long, or until one of the signals is aborted; leaves neither a timer nor a listener behind. */
export async function pause(durationMs: number, ...signals: AbortSignal[]): Promise<void> {
  if (signals.some((signal) => signal.aborted)) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, durationMs);
    for (const signal of signals) signal.addEventListener('abort', end);

    function end(): void {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
