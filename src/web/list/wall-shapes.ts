import { clampRatio, justify, usualRatio, type RowMeasure } from './justify.ts';

/** Sizes in CSS pixels. */
export interface WallMeasure extends RowMeasure {
  /** Of the heading of a section; 0 for lists without headings. */
  headingHeight: number;
}

/** A row of a block: rows of different blocks never mix. */
export interface BlockRow {
  first: number;
  /** From the top of the block. */
  top: number;
  height: number;
  widths: readonly number[];
}

/** The shapes of a list's pictures, as far as they were ever loaded: four bytes each. They stay when their blocks are forgotten. */
export class WallShapes {
  readonly #ratios = new Map<number, Float32Array>();
  #rows = new Map<number, readonly BlockRow[]>();
  #measure: RowMeasure = { width: 0, rowHeight: 0, gap: 0 };

  /** How many blocks are known. */
  get size(): number {
    return this.#ratios.size;
  }

  /** Notes the ratios of a block by the number of its first item; those that were noted first stay. */
  note(first: number, ratios: readonly number[]): void {
    if (!this.#ratios.has(first)) this.#ratios.set(first, Float32Array.from(ratios));
  }

  isKnown(first: number): boolean {
    return this.#ratios.has(first);
  }

  /** Returns the rows of a known block, laid out once for each measure. */
  rowsOf(first: number, measure: WallMeasure, isLastOfSection: boolean): readonly BlockRow[] | undefined {
    const { gap, rowHeight, width } = this.#measure;
    if (width !== measure.width || rowHeight !== measure.rowHeight || gap !== measure.gap) {
      this.#measure = measure;
      this.#rows = new Map();
    }
    const known = this.#rows.get(first);
    if (known !== undefined) return known;
    const ratios = this.#ratios.get(first);
    if (ratios === undefined) return undefined;
    const rows = placeRows(first, justify(ratios, measure, isLastOfSection), measure, (at) =>
      clampRatio(ratios[at] ?? usualRatio, measure),
    );
    this.#rows.set(first, rows);
    return rows;
  }
}

/** Sets rows below each other, from the top of their block. */
export function placeRows(
  first: number,
  rows: readonly { count: number; height: number }[],
  { gap }: WallMeasure,
  ratioAt: (at: number) => number,
): BlockRow[] {
  let [at, top] = [0, 0];
  return rows.map(({ count, height }) => {
    const begin = at;
    const row = {
      first: first + begin,
      top,
      height,
      widths: Array.from({ length: count }, (_, column) => ratioAt(begin + column) * height),
    };
    at += count;
    top += height + gap;
    return row;
  });
}
