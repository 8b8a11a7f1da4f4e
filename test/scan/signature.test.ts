import { expect, test } from 'vitest';
import { signatureOf } from '../../src/scan/signature.ts';

const modifiedNs = 1_763_693_000_123_456_789n;

test('A signature is size, mtime in nanoseconds and CRC-32 of the path, in base 36', () => {
  // CRC-32 of "123456789" is the check value of the algorithm: cbf43926.
  expect(signatureOf('123456789', 36, modifiedNs)).toBe(`10-${modifiedNs.toString(36)}-${(0xcbf43926).toString(36)}`);
});

test('Another size, time or path gives another signature', () => {
  const signatures = [
    signatureOf('a.mp4', 1, modifiedNs),
    signatureOf('a.mp4', 2, modifiedNs),
    signatureOf('a.mp4', 1, modifiedNs + 1n),
    signatureOf('b.mp4', 1, modifiedNs),
  ];
  expect(new Set(signatures).size).toBe(4);
});

test('Files over 4 GiB and times before 1970 have signatures too', () => {
  expect(signatureOf('', 2 ** 50, -1n)).toBe(`${(2 ** 50).toString(36)}--1-0`);
});
