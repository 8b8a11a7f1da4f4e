import { describe, expect, it } from 'vitest';
import { createSingleFlight } from '../../../src/base/async/single-flight.ts';

const stays = () => new AbortController().signal;
const fail = () => Promise.reject(new Error('no'));

describe('a single flight', () => {
  it('gives all who ask for the same its one result, and starts anew after it', async () => {
    const share = createSingleFlight<number>();
    let started = 0;
    const start = async () => (started += 1);
    expect(await Promise.all([share('a', stays(), start), share('a', stays(), start)])).toEqual([1, 1]);
    expect(await share('a', stays(), start)).toBe(2);
  });

  it('keeps different things apart', async () => {
    const share = createSingleFlight<string>();
    const keys = ['a', 'b'];
    expect(await Promise.all(keys.map((key) => share(key, stays(), async () => key)))).toEqual(keys);
  });

  it('gives all of them its failure, and tries again after it', async () => {
    const share = createSingleFlight<number>();
    const results = await Promise.allSettled([share('a', stays(), fail), share('a', stays(), fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await share('a', stays(), async () => 1)).toBe(1);
  });

  it('goes on when one of two leaves, and is aborted when the last one does', async () => {
    const share = createSingleFlight<number>();
    const [first, second] = [new AbortController(), new AbortController()];
    const signals: AbortSignal[] = [];
    const hang = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    };
    const results = [share('a', first.signal, hang), share('a', second.signal, hang)];
    first.abort(new Error('the first left'));
    await expect(results[0]).rejects.toThrow('the first left');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    second.abort(new Error('the second left'));
    await expect(results[1]).rejects.toThrow('the second left');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    // What is being given up is not joined.
    expect(await share('a', stays(), async () => 1)).toBe(1);
  });

  it('is not started for one who has left already', async () => {
    const share = createSingleFlight<number>();
    let started = 0;
    await expect(share('a', AbortSignal.abort(new Error('left')), async () => (started += 1))).rejects.toThrow('left');
    expect(started).toBe(0);
  });
});
