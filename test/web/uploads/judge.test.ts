import { expect, it } from 'vitest';
import { ServiceError, SignedOutError, UnreachableError } from '../../../src/web/api/api-errors.ts';
import { judge, secondsBefore } from '../../../src/web/uploads/judge.ts';
import { TransferError } from '../../../src/web/uploads/transfer-error.ts';

const kindOf = (status: number) => judge(new TransferError('why', status, null)).kind;

it('tries again what may pass, begins anew what is gone, and waits for a person where only a person can help', () => {
  expect([0, 408, 409, 423, 429, 500, 502, 503, 504].map(kindOf)).toEqual(Array(9).fill('again'));
  expect([404, 410].map(kindOf)).toEqual(['anew', 'anew']);
  expect([400, 403, 413, 415].map(kindOf)).toEqual(Array(4).fill('refuse'));
  expect([kindOf(401), judge(new SignedOutError('', 1)).kind]).toEqual(['sign-in', 'sign-in']);
  expect(judge(new TransferError('The disk is full.', 507, null))).toEqual({
    kind: 'halt',
    message: 'The disk is full.',
  });
  expect(judge(new UnreachableError('nothing'))).toEqual({ kind: 'again', afterSeconds: null, isAway: true });
  expect(judge(new ServiceError('busy', { code: null, status: 503, retryAfterSeconds: 7 }))).toEqual({
    kind: 'again',
    afterSeconds: 7,
    isAway: false,
  });
  expect(judge(new TransferError('of no known kind', 415, null))).toMatchObject({ kind: 'refuse', isContent: true });
});

it('waits longer each time, at most half a minute, unless the service says how long', () => {
  expect([0, 1, 2, 3, 20].map((attempt) => secondsBefore(attempt, null))).toEqual([0.5, 1, 2, 4, 30]);
  expect(secondsBefore(20, 3)).toBe(3);
});
