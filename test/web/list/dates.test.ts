import { expect, it } from 'vitest';
import { findDate, readDate, stepSection } from '../../../src/web/list/dates.ts';
import { carryOver, indexSections } from '../../../src/web/list/sections.ts';

const sections = (...keys: string[]) => indexSections(keys.map((key) => ({ key, count: 10, cursor: key })));
const newest = sections('2015-03', '2015-01', '2014-12', '2012-06');
const find = (date: string) => findDate(newest, date, 'DESC');
const step = (item: number, by: 1 | -1, digits: number) => stepSection(newest, item, by, digits);

it('reads what people type for a date, and nothing else', () => {
  expect(['2014', ' 2014-3', '2014/03/05', '5.3.2014', '03 2014', '2024-2-29'].map(readDate)).toEqual([
    '2014',
    '2014-03',
    '2014-03-05',
    '2014-03-05',
    '2014-03',
    '2024-02-29',
  ]);
  const wrong = ['', 'x', '14', '2014-13', '2014-02-30', '2014-00', '2014-3-5-1', '99999', '2014-123', '-2014'];
  expect(wrong.map(readDate)).toEqual(wrong.map(() => undefined));
});

it('finds a date in a list, or what follows it', () => {
  expect(['2015', '2014', '2015-02', '2013', '2012-06', '1999', '2030'].map(find)).toEqual([0, 20, 10, 30, 30, 39, 0]);
  const oldest = sections('2012-06', '2014-12', '2015-01');
  expect(['2014', '1999', '2030', '2013-05'].map((date) => findDate(oldest, date, 'ASC'))).toEqual([10, 0, 29, 10]);
  expect(findDate(indexSections([]), '2014', 'ASC')).toBe(0);
});

it('leads from month to month and from year to year, first to the beginning of one', () => {
  expect([step(3, 1, 7), step(15, -1, 7), step(10, -1, 7), step(35, 1, 7)]).toEqual([10, 10, 0, 30]);
  expect([step(3, 1, 4), step(25, 1, 4), step(35, -1, 4), step(0, -1, 4)]).toEqual([20, 30, 30, 0]);
});

it('finds about the same place in a list that was read anew', () => {
  const after = indexSections([
    { key: '2015-04', count: 5, cursor: null },
    { key: '2015-03', count: 4, cursor: null },
    { key: '2012-06', count: 10, cursor: null },
  ]);
  expect([carryOver(newest, after, 2), carryOver(newest, after, 9), carryOver(newest, after, 35)]).toEqual([7, 8, 14]);
  expect(carryOver(newest, after, 12)).toBe(12);
  expect(carryOver(newest, indexSections([]), 12)).toBe(0);
});
