import { expect, it } from 'vitest';
import { readFigures } from '../bench/read-figures.ts';

it('reads ratios with their limits, and no other line', () => {
  const printed = `
    from memory 1234/s, from the catalogue 700/s
    media(first: 50) / the same JSON from memory: 0.57 (at least 0.4) ok
    a million rows: by path / first page of 10 000: 3.20 (at most 3) OVER
    memory of an idle service, MB: 142 (at most 150) ok
    1000 rows by folder / first page of 10 000: 2.00 (at most 3) ok; the first time 7 ms
    with a word between: 0.9 times (at most 1.25)
    ready after 700 ms, 15 times (much)`;
  const most = { kind: 'at most' };
  expect(readFigures(printed)).toEqual([
    { what: 'media(first: 50) / the same JSON from memory', value: 0.57, kind: 'at least', limit: 0.4, isMet: true },
    { ...most, what: 'a million rows: by path / first page of 10 000', value: 3.2, limit: 3, isMet: false },
    { ...most, what: 'memory of an idle service, MB', value: 142, limit: 150, isMet: true },
    { ...most, what: '1000 rows by folder / first page of 10 000', value: 2, limit: 3, isMet: true },
    { ...most, what: 'with a word between', value: 0.9, limit: 1.25, isMet: true },
  ]);
});
