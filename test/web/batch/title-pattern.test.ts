import { expect, it } from 'vitest';
import { isTyped } from '../../../src/web/batch/is-typed.ts';
import { fillPattern, unknownParts } from '../../../src/web/batch/title-pattern.ts';

const item = {
  filename: 'IMG.0201.jpg',
  title: 'Harbour',
  relativePath: '2019/Trip/IMG.0201.jpg',
  capturedAtLocal: '2019-07-03T23:59:59.000',
};

it('fills a pattern with what is known of an item, and leaves what means nothing as it is', () => {
  expect(fillPattern('{name} – {n}', 7, item)).toBe('IMG.0201 – 7');
  expect(fillPattern('{folder} {date} {nnn}: {title}', 12, item)).toBe('Trip 2019-07-03 012: Harbour');
  expect(fillPattern('{name}', 1, { ...item, filename: '.hidden' })).toBe('.hidden');
  expect(fillPattern('{folder}{n}', 1, { ...item, relativePath: 'top.jpg' })).toBe('1');
  // What a title says is text, and no pattern again.
  expect(fillPattern('{title} {n}', 2, { ...item, title: '$& {n}' })).toBe('$& {n} 2');
  expect(fillPattern('{x} {', 1, item)).toBe('{x} {');
  expect([unknownParts('{name} {N} {}'), unknownParts('{nnnn} {date}')]).toEqual([['{N}', '{}'], []]);
});

it('takes a number as it is written in any language, and nothing else', () => {
  expect(
    ['1204', ' 1,204 ', '1.204', '1 204', '1’204', '1\u00a0204', '1\u202f204'].map((text) => isTyped(text, 1_204)),
  ).toEqual(Array(7).fill(true));
  expect(['', '0', '120', '12O4', '-1204', '1204x'].map((text) => isTyped(text, 1_204))).toEqual(Array(6).fill(false));
  expect(isTyped('', 0)).toBe(false);
});
