import { expect, it } from 'vitest';
import { isOver, lifeOf } from '../../../src/web/settings/token-life.ts';

const now = new Date('2026-03-01T12:00:00Z');
const made = { createdAt: '2026-01-02T08:00:00Z', expiresAt: null, revokedAt: null, lastUsedAt: null };
const words = (change: object) => lifeOf({ ...made, ...change }, now).map((text) => text.split(' ')[0]);

it('says of a token when it was made, used, and ends or ended', () => {
  expect(words({})).toEqual(['made', 'never']);
  expect(words({ lastUsedAt: '2026-02-01T08:00:00Z', expiresAt: '2026-03-02T00:00:00Z' })).toEqual([
    'made',
    'used',
    'ends',
  ]);
  expect(words({ expiresAt: '2026-03-01T12:00:00Z' })).toEqual(['made', 'never', 'ended']);
  // A token that was revoked before its end has no end any more.
  expect(words({ expiresAt: '2026-04-01T00:00:00Z', revokedAt: '2026-02-01T00:00:00Z' })).toEqual([
    'made',
    'never',
    'revoked',
  ]);
});

it('counts a token as over from its end, or when it is revoked', () => {
  expect(isOver(made, now)).toBe(false);
  expect(isOver({ ...made, expiresAt: '2026-03-01T12:00:00.001Z' }, now)).toBe(false);
  expect(isOver({ ...made, expiresAt: '2026-03-01T12:00:00Z' }, now)).toBe(true);
  expect(isOver({ ...made, revokedAt: '2026-03-01T11:00:00Z' }, now)).toBe(true);
});
