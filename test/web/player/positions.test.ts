import { beforeEach, expect, it, vi } from 'vitest';
import { keepPosition, progressOf, recallPosition } from '../../../src/web/player/positions.ts';

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  return () => vi.unstubAllGlobals();
});

it('keeps where a film was left, and that it was seen to its end', () => {
  keepPosition('a', 300, 1200);
  expect(recallPosition('a')).toBe(300);
  expect(progressOf('a', 1200)).toBe(0.25);
  keepPosition('a', 1190, 1200);
  expect(recallPosition('a')).toBeNull();
  expect(progressOf('a', 1200)).toBe(1);
  expect(progressOf('b', 1200)).toBe(0);
});

it('begins short films and those that were just opened anew', () => {
  keepPosition('short', 30, 50);
  keepPosition('opened', 4, 1200);
  expect([recallPosition('short'), recallPosition('opened')]).toEqual([null, null]);
  expect([progressOf('short', 50), progressOf('opened', 1200)]).toEqual([0, 0]);
  keepPosition('short', 50, 50);
  expect(progressOf('short', 50)).toBe(1);
});

it('keeps no more than the last five hundred, and begins anew where what is stored makes no sense', () => {
  for (let film = 0; film < 520; film++) keepPosition(`film ${film}`, 100, 1200);
  expect(recallPosition('film 519')).toBe(100);
  expect(recallPosition('film 0')).toBeNull();
  vi.stubGlobal('localStorage', { getItem: () => '{', setItem: () => undefined });
  expect(recallPosition('film 519')).toBeNull();
  expect(progressOf('film 519', 1200)).toBe(0);
});
