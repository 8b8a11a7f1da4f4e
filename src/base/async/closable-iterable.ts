/**
 * Yields what `generate` yields. A generator that waits does not notice `return()` until its wait is over, and nothing
 * else reports a client that goes away: here `return()` also aborts the signal that `generate` waits with. So does each
 * of `signals`.
 */
export function closableIterable<T>(
  signals: readonly (AbortSignal | undefined)[],
  generate: (signal: AbortSignal) => AsyncGenerator<T, void, void>,
): AsyncIterableIterator<T, void, void> {
  const closed = new AbortController();
  const close = (): void => closed.abort();
  for (const signal of signals) {
    if (signal?.aborted === true) close();
    // The controller's own signal removes the listeners.
    else signal?.addEventListener('abort', close, { signal: closed.signal });
  }
  const generator = generate(closed.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const step = await generator.next();
      if (step.done === true) close();
      return step;
    },
    async return() {
      close();
      return generator.return();
    },
    async throw(error: unknown) {
      close();
      return generator.throw(error);
    },
  };
}
