import { describe, expect, it } from 'vitest';
import { createRefusalGuard } from '../../../src/library/copyparty/refusal-guard.ts';

describe('the guard against being banned', () => {
  it('asks a volume no more after five refusals, for two minutes', () => {
    let now = 0;
    const guard = createRefusalGuard(() => now);
    for (let file = 0; file < 5; file++) {
      expect(guard.isRefused(`/wrong/${file}`)).toBe(false);
      guard.note(`/wrong/${file}`, 403);
    }
    expect(guard.isRefused('/wrong/5')).toBe(true);
    now = 129_999;
    expect(guard.isRefused('/wrong/5')).toBe(true);
    now = 130_000;
    expect(guard.isRefused('/wrong/5')).toBe(false);
  });

  it('goes on asking the volumes that give something', () => {
    const guard = createRefusalGuard(() => 0);
    for (let file = 0; file < 9; file++) guard.note(`/mixed/private/${file}`, 403);
    guard.note('/mixed/a.mp4', 206);
    guard.note('/wrong/a.mp4', 403);
    expect(guard.isRefused('/good/a.mp4')).toBe(false);
    expect(guard.isRefused('/mixed/b.mp4')).toBe(false);
    expect(guard.isRefused('/wrong/b.mp4')).toBe(true);
  });
});
