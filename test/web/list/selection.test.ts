import { expect, it } from 'vitest';
import { toMediaSelections } from '../../../src/web/list/chosen-media.ts';
import {
  add,
  addRange,
  countSelected,
  everything,
  isNumberSelected,
  isSelected,
  nothing,
  remove,
  removeRange,
  renumber,
  shareSelected,
  toggle,
} from '../../../src/web/list/selection.ts';

const order = { field: 'CAPTURED_AT', direction: 'DESC' };
const range = (low: number, high: number) => ({ low, high, from: `i${low}`, to: `i${high}` });
const section = (low: number, high: number) => ({ low, high, from: `c${low}`, to: `c${high + 1}` });

it('chooses a stretch of which nobody has loaded all, with exceptions, beside single items', () => {
  let selection = toggle(toggle(nothing, 'i3', 3), 'i90000', 90_000);
  selection = addRange(selection, range(2, 50_001));
  expect(countSelected(selection, 100_000)).toBe(50_001);
  expect([
    isNumberSelected(selection, 1),
    isNumberSelected(selection, 777),
    isSelected(selection, 'i777', 777),
  ]).toEqual([false, true, true]);
  selection = toggle(toggle(selection, 'i777', 777), 'i99999', 99_999);
  expect([countSelected(selection, 100_000), isSelected(selection, 'i777', 777)]).toEqual([50_001, false]);
  expect(toMediaSelections(selection, { search: 'x' }, order)).toEqual([
    { between: { filter: { search: 'x' }, orderBy: order, from: 'i2', to: 'i50001' }, except: ['i777'] },
    { ids: ['i90000', 'i99999'] },
  ]);
  // What is chosen again is no exception any more.
  expect(countSelected(addRange(selection, range(700, 800)), 100_000)).toBe(50_002);
  expect(countSelected(toggle(selection, 'i777', 777), 100_000)).toBe(50_002);
});

it('puts stretches together that overlap or touch, and never says an item twice', () => {
  const selection = addRange(addRange(addRange(nothing, range(10, 20)), range(30, 40)), range(21, 35));
  expect(toMediaSelections(selection, {}, order)).toMatchObject([{ between: { from: 'i10', to: 'i40' } }]);
  expect(countSelected(selection, 100)).toBe(31);
  const apart = add(addRange(addRange(nothing, range(50, 60)), range(10, 20)), new Map([['i15', 15]]));
  expect(countSelected(apart, 100)).toBe(22);
  expect(toMediaSelections(apart, {}, order)).toHaveLength(2);
});

it('ticks whole sections, and takes one out of everything', () => {
  const all = section(0, 299);
  const ticked = addRange(addRange(nothing, section(0, 99)), section(100, 199));
  expect([shareSelected(ticked, 0, 99), shareSelected(ticked, 100, 299), shareSelected(ticked, 200, 299)]).toEqual([
    'all',
    'some',
    'none',
  ]);
  expect(shareSelected(remove(ticked, new Map([['i5', 5]])), 0, 99)).toBe('some');
  const unticked = removeRange(ticked, section(0, 99), all);
  expect(toMediaSelections(unticked, {}, order)).toMatchObject([{ between: { from: 'c100', to: 'c200' } }]);
  expect(removeRange(unticked, section(100, 199), all)).toEqual(nothing);
  const holed = removeRange(remove(everything, new Map([['i250', 250]])), section(100, 199), all);
  expect(countSelected(holed, 300)).toBe(199);
  expect(toMediaSelections(holed, {}, order)).toEqual([
    { between: { filter: {}, orderBy: order, from: 'c0', to: 'c100' }, except: [] },
    { between: { filter: {}, orderBy: order, from: 'c200', to: 'c300' }, except: ['i250'] },
  ]);
  expect(
    shareSelected(
      add(
        nothing,
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      ),
      1,
      2,
    ),
  ).toBe('all');
});

it('says many single items in parts that the service takes, and finds their numbers again', () => {
  const many = add(
    nothing,
    Array.from({ length: 2_300 }, (_, at) => `i${at}`),
  );
  const parts = toMediaSelections(many, {}, order);
  expect(parts.map((part) => ('ids' in part ? part.ids.length : 0))).toEqual([1_000, 1_000, 300]);
  const found = renumber(add(nothing, ['a', 'b']), (id) => (id === 'a' ? 7 : undefined));
  // Nobody knows where `b` is: it stays beside the stretch.
  expect(countSelected(addRange(found, range(5, 9)), 100)).toBe(6);
});
