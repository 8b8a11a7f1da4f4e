import { expect, it } from 'vitest';
import { foldText } from '../../../src/library/metadata/fold-text.ts';
import { searchTextOf } from '../../../src/library/metadata/search-text.ts';

it('has title, description and path in lower case, a line each', () => {
  const item = { title: 'The Long Tide', description: 'A FILM', relativePath: 'Sea/The_Long_Tide.mp4' };
  expect(searchTextOf(item)).toBe('the long tide\na film\nsea/the_long_tide.mp4');
});

it('has no line for a description that is not there', () => {
  expect(searchTextOf({ title: 'Tide', description: null, relativePath: 'Tide.mp4' })).toBe('tide\ntide.mp4');
});

it.each([
  ['a name in decomposed form', 'Caf\u0065\u0301', 'CAFÉ'],
  ['a term in decomposed form', 'CAFÉ', 'Caf\u0065\u0301'],
  ['a word that ends in a final sigma', 'ΟΔΥΣΣΕΥΣ', 'Οδυσσευσ'],
  ['the beginning of a word, by its sigma', 'ΟΔΥΣΣΕΥΣ', 'ΟΔΥΣ'],
])('is found by %s', (_, title, term) => {
  const text = searchTextOf({ title, description: null, relativePath: '1.mp4' });
  expect(text).toContain(foldText(term));
});
