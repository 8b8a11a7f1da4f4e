import { expect, it } from 'vitest';
import { foldText } from '../../../src/library/metadata/fold-text.ts';

it.each([
  ['the case of Turkish', 'ISTANBUL', 'İstanbul'],
  ['a dotless i', 'isik', 'Işık'],
  ['accents', 'dvorak', 'Dvořák'],
  ['accents in decomposed form', 'été', 'e\u0301te\u0301'],
  ['a sharp s', 'STRASSE', 'Straße'],
  ['a capital sharp s', 'strasse', 'STRAẞE'],
  ['letters that do not decompose', 'dodheimsgard', 'Dødheimsgard'],
  ['ligatures', 'oeuvre', 'œuvre'],
  ['numerals', 'IV', 'Ⅳ'],
  ['width', 'abc123', 'ＡＢＣ１２３'],
  ['kana', 'がぎぐ', 'ｶﾞｷﾞｸﾞ'],
  ['kana of two kinds', 'そこに', 'ソコニ'],
  ['a Greek accent and a final sigma', 'ΕΛΕΝΑΣ', 'Έλενας'],
  ['a Cyrillic ё', 'елка', 'Ёлка'],
  ['quotes', "don't", 'Don’t'],
  ['dashes and spaces', 'a - b', 'a\u00a0—\u2009b'],
  ['points of Hebrew', 'שלום', 'שָׁלוֹם'],
  ['what is not seen', 'party', 'par\u00adty\ufe0f'],
  ['runs of white space', 'a b', 'a \t\n b'],
])('does not see %s', (_, one, other) => {
  expect(foldText(one)).toBe(foldText(other));
});

it.each([
  ['й', 'и'],
  ['が', 'か'],
  ['कि', 'क'],
  ['ญู', 'ญ'],
  ['각', '가'],
])('keeps %s apart from %s', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other));
});

it('changes nothing of a folded text, whatever the sign', () => {
  const signs = Array.from({ length: 0x3_0000 }, (_, code) =>
    code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code),
  );
  const changed = signs.filter((sign) => foldText(foldText(sign)) !== foldText(sign));
  expect(changed).toEqual([]);
});
