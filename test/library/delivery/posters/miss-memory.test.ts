import { describe, expect, it } from 'vitest';
import { createMissMemory } from '../../../../src/library/delivery/posters/miss-memory.ts';

describe('the memory of misses', () => {
  it('forgets each one at its time', () => {
    let now = 1000;
    const misses = createMissMemory({ now: () => now });
    misses.add('a', 10);
    misses.add('b', 20);
    expect([misses.has('a'), misses.has('b'), misses.has('c')]).toEqual([true, true, false]);
    now = 1010;
    expect([misses.has('a'), misses.has('b')]).toEqual([false, true]);
  });

  it('holds a limited number, the latest', () => {
    const misses = createMissMemory({ maxEntries: 2 });
    for (const key of ['a', 'b', 'a', 'c']) misses.add(key, 1000);
    expect(['a', 'b', 'c'].filter((key) => misses.has(key))).toEqual(['a', 'c']);
  });
});
