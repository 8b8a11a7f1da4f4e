import { expect, it } from 'vitest';
import { areAlike, type CellProps } from '../../../src/web/gallery/cell-props.ts';

const cell = (changed: Partial<CellProps> = {}) => ({ ...usual, ...changed });

const usual: CellProps = {
  number: 3,
  item: undefined,
  width: 100,
  height: 100,
  isFast: false,
  isChosen: false,
  isChoosing: false,
  isFocusable: false,
  takesFocus: { current: false },
  onChoose: () => undefined,
  onOpen: () => undefined,
  onFocus: () => undefined,
};

it('a cell is drawn anew by what it shows, and not because the list runs quickly from now on', () => {
  expect(areAlike(cell(), cell())).toBe(true);
  expect(areAlike(cell(), cell({ isFast: true }))).toBe(true);
  // Its picture comes now.
  expect(areAlike(cell({ isFast: true }), cell())).toBe(false);
  expect(areAlike(cell(), cell({ isFast: true, isChosen: true }))).toBe(false);
  expect(areAlike(cell(), cell({ width: 101 }))).toBe(false);
  expect(areAlike(cell(), cell({ onOpen: () => undefined }))).toBe(false);
});
