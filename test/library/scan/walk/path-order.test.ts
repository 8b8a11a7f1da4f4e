import { expect, test } from 'vitest';
import { comparePaths } from '../../../../src/library/scan/walk/path-order.ts';
import { createRandom } from '../random.ts';

const inByteOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

test('Paths are in the order of their UTF-8 bytes, surrogates too', () => {
  const random = createRandom(1);
  const parts = [
    'a',
    'B',
    '/',
    '-',
    '.',
    '\u{1}',
    'é',
    'e\u{301}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{ffff}',
    '\u{10000}',
    '🎬',
  ];
  const wrong: unknown[] = [];
  for (let round = 0; round < 20_000; round++) {
    const shared = random.text(parts, 0, 3);
    const a = shared + random.text(parts, 0, 4);
    const b = shared + random.text(parts, 0, 4);
    if (Math.sign(comparePaths(a, b)) !== inByteOrder(a, b)) wrong.push([a, b]);
  }
  expect(wrong).toEqual([]);
});

test('A path stands before those that it begins', () => {
  expect(['ab', 'a', 'a/b', 'a!', ''].sort(comparePaths)).toEqual(['', 'a', 'a!', 'a/b', 'ab']);
});
