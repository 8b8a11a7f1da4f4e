import { expect, it } from 'vitest';
import { fitBytes, maxFactsBytes } from '../../../../src/library/metadata/facts/fit-bytes.ts';

it('leaves alone what fits, and halves the longest lists of what does not, with a note', () => {
  const small = { chapters: [1, 2], notes: ['A note.'] };
  expect(fitBytes(small, maxFactsBytes)).toBe(small);
  const chapters = Array.from({ length: 500 }, (_, startSeconds) => ({ startSeconds, title: '\u{1f600}'.repeat(100) }));
  const keywords = Array.from({ length: 200 }, (_, index) => `${index} ${'ß'.repeat(90)}`);
  const fitted = fitBytes({ chapters, keywords, notes: ['A note.'] }, maxFactsBytes);
  expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThanOrEqual(maxFactsBytes);
  expect(fitted.chapters).toEqual(chapters.slice(0, fitted.chapters.length));
  expect(fitted.chapters.length).toBeGreaterThan(10);
  expect(fitted.notes).toEqual([
    'A note.',
    'There was too much to keep: only the beginning is left of chapters, keywords.',
  ]);
});
