import { describe, expect, it } from 'vitest';
import { itemAt, layOutGrid, rowsBetween, stepFrom, topOf } from '../../../src/web/list/grid-layout.ts';
import { indexSections, lastAtMost, placeOf } from '../../../src/web/list/sections.ts';
import { isNearEdge, maxWindowHeight, windowAround } from '../../../src/web/list/scroll-window.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const sectionsOf = (...counts: number[]) =>
  indexSections(counts.map((count, at) => ({ key: `20${10 + at}-01`, count, cursor: `c${at}` })));
const measure = { width: 1_000, tileWidth: 100, heightOf: (width: number) => width, gap: 4, headingHeight: 50 };

describe('sections', () => {
  it('leave out what is empty, and find any item without a loop over items', () => {
    const index = sectionsOf(3, 0, 1, 1_000_000);
    expect([index.total, index.sections.length]).toEqual([1_000_004, 3]);
    expect([0, 2, 3, 4, 1_000_003].map((item) => placeOf(index, item))).toEqual([
      { section: 0, offset: 0 },
      { section: 0, offset: 2 },
      { section: 1, offset: 0 },
      { section: 2, offset: 0 },
      { section: 2, offset: 999_999 },
    ]);
    expect(indexSections([])).toMatchObject({ total: 0, sections: [] });
    expect(lastAtMost(new Float64Array([0, 5, 9]), -1)).toBe(0);
  });
});

describe('the grid', () => {
  it('finds the same item at the height where it lies, in lists of any length', () => {
    const random = seededRandom(7);
    for (const counts of [
      [1],
      [0],
      [70_000],
      [3, 1, 9, 1_000_000, 2],
      Array.from({ length: 400 }, () => 1 + Math.floor(random() * 90)),
    ]) {
      for (const width of [90, 390, 1_000, 2_560]) {
        const layout = layOutGrid(sectionsOf(...counts), { ...measure, width });
        for (let time = 0; time < 50 && layout.index.total > 0; time++) {
          const item = Math.floor(random() * layout.index.total);
          const found = itemAt(layout, topOf(layout, item));
          expect(found).toBeLessThanOrEqual(item);
          expect(item - found).toBeLessThan(layout.columns);
          const top = topOf(layout, item);
          const rows = rowsBetween(layout, top, top + 10).filter((row) => row.kind === 'tiles');
          expect(rows.some((row) => item >= row.first && item < row.first + row.count)).toBe(true);
        }
      }
    }
  });

  it('draws each item once, and no more than what is asked for', () => {
    const layout = layOutGrid(sectionsOf(7, 30, 1), measure);
    const rows = rowsBetween(layout, 0, layout.height);
    const items = rows.flatMap((row) =>
      row.kind === 'tiles' ? Array.from({ length: row.count }, (_, at) => row.first + at) : [],
    );
    expect(items).toEqual(Array.from({ length: 38 }, (_, at) => at));
    expect(rows.filter(({ kind }) => kind === 'heading')).toHaveLength(3);
    const million = layOutGrid(sectionsOf(1_000_000), measure);
    expect(rowsBetween(million, million.height / 2, million.height / 2 + 900).length).toBeLessThan(12);
  });

  it('leads by keys over the edges of sections, and stays at those of the list', () => {
    const layout = layOutGrid(sectionsOf(11, 4), { ...measure, width: 516 }); // five columns: 0-4, 5-9, 10 | 11-14
    expect(layout.columns).toBe(5);
    const step = (from: number, by: Parameters<typeof stepFrom>[2]) => stepFrom(layout, from, by, 300);
    expect([step(7, 'down'), step(10, 'down'), step(12, 'up'), step(14, 'down'), step(3, 'up')]).toEqual([
      10, 11, 10, 14, 3,
    ]);
    expect([step(0, 'left'), step(14, 'right'), step(6, 'row-start'), step(6, 'row-end')]).toEqual([0, 14, 5, 9]);
    expect([step(6, 'home'), step(6, 'end'), step(0, 'page-down'), step(14, 'page-up')]).toEqual([0, 14, 10, 5]);
  });
});

describe('the window', () => {
  it('is never higher than a browser can show, and holds what is seen, at both ends and between', () => {
    const random = seededRandom(11);
    for (const height of [10, maxWindowHeight, maxWindowHeight + 1, 200_000_000, 5_000_000_000]) {
      for (let time = 0; time < 200; time++) {
        const y = time === 0 ? 0 : time === 1 ? height : random() * height;
        const window = windowAround(height, y);
        expect(window.height).toBeLessThanOrEqual(maxWindowHeight);
        expect(window.start).toBeGreaterThanOrEqual(0);
        expect(window.start + window.height).toBeLessThanOrEqual(height);
        expect(y).toBeGreaterThanOrEqual(window.start);
        expect(y).toBeLessThanOrEqual(window.start + window.height);
      }
    }
  });

  it('is laid anew only near an edge behind which the list goes on', () => {
    const height = 100_000_000;
    const window = windowAround(height, height / 2);
    expect(isNearEdge(window, height, maxWindowHeight / 2, 900)).toEqual({ isNear: false, isAtEdge: false });
    expect(isNearEdge(window, height, 1_000, 900)).toEqual({ isNear: true, isAtEdge: true });
    expect(isNearEdge(window, height, 200_000, 900)).toEqual({ isNear: true, isAtEdge: false });
    expect(isNearEdge(windowAround(height, 0), height, 0, 900).isNear).toBe(false);
    expect(isNearEdge(windowAround(5_000, 0), 5_000, 0, 900).isNear).toBe(false);
  });
});
