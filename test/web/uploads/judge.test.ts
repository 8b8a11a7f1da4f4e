import { expect, it } from 'vitest';
import { ServiceError, SignedOutError, UnreachableError } from '../../../src/web/api/api-errors.ts';
import { isTooMuchAtOnce, judge, secondsBefore } from '../../../src/web/uploads/judge.ts';
import { createPieces } from '../../../src/web/uploads/pieces.ts';
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
  // One that is too large for the disk holds no smaller one up.
  expect(judge(new TransferError('20 GB are too much.', 507, null, 'DISK_TOO_SMALL'))).toEqual({
    kind: 'refuse',
    message: '20 GB are too much.',
    isContent: false,
  });
  expect(judge(new UnreachableError('nothing'))).toEqual({ kind: 'again', afterSeconds: null, isAway: true });
  expect(judge(new ServiceError('busy', { code: null, status: 503, retryAfterSeconds: 7 }))).toEqual({
    kind: 'again',
    afterSeconds: 7,
    isAway: false,
  });
  expect(judge(new TransferError('of no known kind', 415, null))).toMatchObject({ kind: 'refuse', isContent: true });
});

it('sends smaller pieces where something on the way takes no larger ones, until they are as small as they get', () => {
  const refusals = [
    new TransferError('<h1>', 413, null),
    new TransferError('', 413, null, 'FILE_TOO_LARGE'),
    new TransferError('', 502, null),
  ];
  expect(refusals.map(isTooMuchAtOnce)).toEqual([true, false, false]);
  const pieces = createPieces();
  expect(pieces.bytes()).toBe(Infinity);
  expect(pieces.shrink(Infinity)).toBe(true);
  const second = pieces.bytes();
  // Another file was refused at the same time as the first.
  expect([pieces.shrink(Infinity), pieces.bytes()]).toEqual([true, second]);
  while (pieces.shrink(pieces.bytes()));
  // As much as nginx takes where nobody told it otherwise.
  expect(pieces.bytes()).toBeLessThanOrEqual(1024 ** 2);
});

it('waits longer each time, at most half a minute, unless the service says how long', () => {
  expect([0, 1, 2, 3, 20].map((attempt) => secondsBefore(attempt, null))).toEqual([0.5, 1, 2, 4, 30]);
  expect(secondsBefore(20, 3)).toBe(3);
});
