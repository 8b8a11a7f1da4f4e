import { describe, expect, it } from 'vitest';
import { blockSize } from '../../../src/web/list/block-store.ts';
import { clampRatio, justify, ratioOf } from '../../../src/web/list/justify.ts';
import { heldTop, itemAt, rowOf, rowsBetween, stepFrom, type ListRow } from '../../../src/web/list/list-layout.ts';
import { indexSections } from '../../../src/web/list/sections.ts';
import { layOutWall, type WallLayout } from '../../../src/web/list/wall-layout.ts';
import { WallShapes } from '../../../src/web/list/wall-shapes.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const measure = { width: 1_000, rowHeight: 200, gap: 4, headingHeight: 50 };
const sectionsOf = (...counts: number[]) =>
  indexSections(counts.map((count, at) => ({ key: `20${10 + at}-01`, count, cursor: `c${at}` })));

/** Lays out a list of which the blocks in `known` are loaded, with pictures of the shapes that `ratioAt` gives. */
function wallOf(counts: number[], ratioAt: (item: number) => number, known?: readonly number[]) {
  const index = sectionsOf(...counts);
  const shapes = new WallShapes();
  const load = (first: number) => {
    const { firsts } = layOutWall(index, measure, shapes);
    const end = firsts.find((begin) => begin > first) ?? index.total;
    shapes.note(
      first,
      Array.from({ length: end - first }, (_, at) => ratioAt(first + at)),
    );
  };
  const all = [...layOutWall(index, measure, shapes).firsts].slice(0, -1);
  for (const first of known ?? all) load(first);
  return { index, shapes, load, layOut: (width = measure.width) => layOutWall(index, { ...measure, width }, shapes) };
}

const isTiles = (row: ListRow): row is Extract<ListRow, { kind: 'tiles' }> => row.kind === 'tiles';
const tilesOf = (layout: WallLayout) => rowsBetween(layout, 0, layout.height).filter(isTiles);
const widthOf = ({ widths = [] }: Extract<ListRow, { kind: 'tiles' }>) =>
  widths.reduce((sum, width) => sum + width, measure.gap * (widths.length - 1));

const uneven = (item: number) => [0.667, 0.7, 1, 2.5][item % 4] ?? 1;

/** Photos, portraits, squares, panoramas and strips. */
const mixed = (seed: number) => {
  const random = seededRandom(seed);
  const shapes = [1.5, 1.5, 0.667, 1, 1.778, 20, 0.05];
  return () => shapes[Math.floor(random() * shapes.length)] ?? 1;
};

describe('justified rows', () => {
  it('fill the width near the wanted height, whatever the shapes', () => {
    for (const seed of [1, 2, 3]) {
      const ratios = Array.from({ length: 100 }, mixed(seed));
      const rows = justify(ratios, measure, false);
      let at = 0;
      for (const { count, height } of rows) {
        const widths = ratios.slice(at, at + count).map((ratio) => clampRatio(ratio, measure) * height);
        at += count;
        const filled = widths.reduce((sum, width) => sum + width, measure.gap * (count - 1));
        expect(filled).toBeLessThanOrEqual(measure.width + 0.01);
        expect(height >= 2 * measure.rowHeight || filled > measure.width - 0.01).toBe(true);
        expect(height).toBeGreaterThanOrEqual(measure.rowHeight / 3);
      }
      expect(at).toBe(100);
      const mean = rows.reduce((sum, { height }) => sum + height, 0) / rows.length;
      expect(mean / measure.rowHeight).toBeGreaterThan(0.6);
      expect(mean / measure.rowHeight).toBeLessThan(1.4);
    }
  });

  it('blow nothing up at the end of a section, and cut what nobody could see', () => {
    expect(justify([1.5], measure, true)).toEqual([{ count: 1, height: 200 }]);
    expect(justify([], measure, true)).toEqual([]);
    const [panorama] = justify([20], measure, true);
    expect(panorama?.height).toBe(100);
    expect(justify([0.05], measure, true)).toEqual([{ count: 1, height: 200 }]);
    expect([ratioOf(null, 10), ratioOf(10, 0), ratioOf(300, 200)]).toEqual([1.5, 1.5, 1.5]);
    for (const width of [1, 90, 390, 2_560]) {
      const rows = justify([1.5, 20, 0.05, 1], { ...measure, width }, true);
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(4);
      for (const { height } of rows) expect(height).toBeGreaterThan(0);
    }
  });
});

describe('the wall', () => {
  it('draws each item once and in order, with rows that never overlap, loaded or not', () => {
    for (const known of [undefined, [], [0, 100, 307]]) {
      const layout = wallOf([207, 1, 99, 400], mixed(5), known).layOut();
      const rows = tilesOf(layout);
      const items = rows.flatMap(({ count, first }) => Array.from({ length: count }, (_, at) => first + at));
      expect(items).toEqual(Array.from({ length: 707 }, (_, at) => at));
      for (const [at, { height, top }] of rows.entries()) {
        expect(rows[at + 1]?.top ?? layout.height).toBeGreaterThanOrEqual(top + height);
        expect(widthOf(rows[at] as (typeof rows)[number])).toBeLessThanOrEqual(measure.width + 0.01);
      }
      expect(rowsBetween(layout, 0, layout.height).filter(({ kind }) => kind === 'heading')).toHaveLength(4);
    }
    const nothing = wallOf([], mixed(1)).layOut();
    expect([nothing.height, rowsBetween(nothing, 0, 900), itemAt(nothing, 100)]).toEqual([0, [], 0]);
  });

  it('finds the item at a height and the height of an item, in a million of which little is loaded', () => {
    const random = seededRandom(7);
    const wall = wallOf([3, 1, 999_000, 996], mixed(9), [0, 3, 500_004]);
    const layout = wall.layOut();
    expect(layout.height).toBeGreaterThan(1_000_000);
    for (let time = 0; time < 300; time++) {
      const item = time === 0 ? 500_010 : Math.floor(random() * wall.index.total);
      const { height, top } = rowOf(layout, item);
      const found = itemAt(layout, top + height / 2);
      const row = rowsBetween(layout, top + 1, top + 2).find(isTiles);
      expect(row?.first).toBe(found);
      expect(item).toBeGreaterThanOrEqual(found);
      expect(item).toBeLessThan(found + (row?.count ?? 0));
    }
    expect(rowsBetween(layout, layout.height / 2, layout.height / 2 + 900).length).toBeLessThan(12);
    expect(itemAt(layout, layout.height)).toBeGreaterThan(wall.index.total - 100);
  });

  it('keeps what is seen where it is while blocks above, in and below the view are loaded', () => {
    const random = seededRandom(3);
    const wall = wallOf([40, 2_000, 300], uneven, []);
    let layout = wall.layOut();
    let top = layout.height / 2;
    wall.load(740); // known from now on, and in view
    layout = wall.layOut();
    top = rowOf(layout, 780).top - 30;
    for (const first of [640, 0, 40, 840, 1_240, 1_940, 2_040, 2_140]) {
      const before = layout;
      const seen = tilesOf(before).filter((row) => row.top + row.height > top && row.top < top + 700);
      wall.load(first);
      layout = wall.layOut();
      const held = heldTop(before, layout, top, 700);
      for (const row of seen.filter(({ first: item }) => item >= 740 && item < 840)) {
        expect(rowOf(layout, row.first).top - held).toBeCloseTo(row.top - top, 6);
      }
      top = held + Math.floor(random() * 3);
    }
    expect(heldTop(layout, wall.layOut(390), top, 700)).toBeGreaterThan(0);
  });

  it('is laid out anew for another width, from what was loaded once', () => {
    const wall = wallOf([250], mixed(4), [0, 100]);
    const wide = wall.layOut(2_000);
    const narrow = wall.layOut(500);
    expect(narrow.height).toBeGreaterThan(wide.height * 2);
    wall.shapes.note(0, [1]);
    expect(wall.shapes.size).toBe(2);
    expect(wall.layOut(2_000).height).toBe(wide.height);
    expect(blockSize).toBe(100);
  });

  it('leads up and down to what lies above and below, over blocks and headings, and stays at the edges', () => {
    const wall = wallOf([150, 30], (item) => [1.5, 0.667, 1, 1.778][item % 4] ?? 1);
    const layout = wall.layOut();
    const rows = tilesOf(layout);
    /** Where a tile begins and ends, and in which row it is. */
    const spanOf = (item: number) => {
      const row = rows.findIndex(({ count, first }) => item >= first && item < first + count);
      const { first = 0, widths = [] } = rows[row] ?? {};
      const left = widths.slice(0, item - first).reduce((sum, width) => sum + width + measure.gap, 0);
      return { row, left, right: left + (widths[item - first] ?? 0), isLast: item - first === widths.length - 1 };
    };
    for (let item = 0; item < 180 && spanOf(item).row < rows.length - 1; item++) {
      const from = spanOf(item);
      const to = spanOf(stepFrom(layout, item, 'down', 700));
      const middle = (from.left + from.right) / 2;
      expect(to.row).toBe(from.row + 1);
      expect(middle).toBeGreaterThanOrEqual(to.left - measure.gap - 0.01);
      expect(to.isLast || middle <= to.right + measure.gap).toBe(true);
      expect(spanOf(stepFrom(layout, stepFrom(layout, item, 'down', 700), 'up', 700)).row).toBe(from.row);
      expect(stepFrom(layout, item, 'row-start', 700)).toBe(itemAt(layout, rowOf(layout, item).top));
    }
    expect([stepFrom(layout, 0, 'up', 700), stepFrom(layout, 179, 'down', 700)]).toEqual([0, 179]);
    expect([stepFrom(layout, 0, 'left', 1), stepFrom(layout, 179, 'right', 1)]).toEqual([0, 179]);
    expect([stepFrom(layout, 5, 'home', 1), stepFrom(layout, 5, 'end', 1)]).toEqual([0, 179]);
    let at = 0;
    let pages = 0;
    while (at < 179 && pages < 50) {
      const next = stepFrom(layout, at, 'page-down', 700);
      if (next === at) break;
      expect(next).toBeGreaterThan(at);
      at = next;
      pages++;
    }
    expect(rowOf(layout, at).top).toBe(rowOf(layout, 179).top);
    expect(stepFrom(layout, 179, 'page-up', 700)).toBeLessThan(179);
  });
});
