import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { closableIterable } from '../../../src/base/async/closable-iterable.ts';
import { pause } from '../../../src/base/async/pause.ts';

/** Yields once and then waits, longer than any test, for its signal. */
async function* yieldOnce(signal: AbortSignal, onEnd: () => void): AsyncGenerator<string, void, void> {
  try {
    yield 'first';
    await pause(600_000, signal);
  } finally {
    onEnd();
  }
}

describe('a closable iterable', () => {
  it('ends a generator that waits when the consumer returns', async () => {
    let ended = false;
    const iterable = closableIterable([], (signal) => yieldOnce(signal, () => (ended = true)));
    await iterable.next();
    const waiting = iterable.next();
    await iterable.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(ended).toBe(true);
  });

  it('ends when any of its signals is aborted, and leaves no listener on the others', async () => {
    const [left, service] = [new AbortController(), new AbortController()];
    const iterable = closableIterable([left.signal, undefined, service.signal], (signal) =>
      yieldOnce(signal, () => undefined),
    );
    await iterable.next();
    const waiting = iterable.next();
    left.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect(getEventListeners(service.signal, 'abort')).toEqual([]);
  });

  it('leaves no listener when the generator ends by itself', async () => {
    const { signal } = new AbortController();
    const iterable = closableIterable([signal], async function* () {
      yield 1;
    });
    expect(await iterable.next()).toEqual({ done: false, value: 1 });
    expect(await iterable.next()).toEqual({ done: true, value: undefined });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does not wait where a signal was aborted before', async () => {
    let ended = false;
    const iterable = closableIterable([AbortSignal.abort()], (signal) => yieldOnce(signal, () => (ended = true)));
    await iterable.next();
    expect(await iterable.next()).toMatchObject({ done: true });
    expect(ended).toBe(true);
  });
});
