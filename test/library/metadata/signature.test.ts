import { expect, test } from 'vitest';
import { fileOfSignature, signatureOf } from '../../../src/library/metadata/signature.ts';

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

test.each<[number, bigint, number]>([
  [36, modifiedNs, 1_763_693_000_123],
  [0, 1_763_693_000_123_000_000n, 1_763_693_000_123],
  [2 ** 50, -1_500_000n, -1],
  [1, 0n, 0],
])('A signature of %d bytes at %d ns tells both', (sizeBytes, ns, modifiedAtMs) => {
  const signature = signatureOf('a.mp4', sizeBytes, ns);
  expect(fileOfSignature('a.mp4', signature)).toEqual({ relativePath: 'a.mp4', sizeBytes, modifiedAtMs, signature });
});

test('What is no signature tells nothing', () => {
  expect(fileOfSignature('a.mp4', '')).toBeNull();
  expect(fileOfSignature('a.mp4', '1-2')).toBeNull();
});

test('Files over 4 GiB and times before 1970 have signatures too', () => {
  expect(signatureOf('', 2 ** 50, -1n)).toBe(`${(2 ** 50).toString(36)}--1-0`);
});
