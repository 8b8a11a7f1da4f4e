/** Sizes in CSS pixels. */
export interface RowMeasure {
  /** Of the list. */
  width: number;
  /** The height that rows should have about. */
  rowHeight: number;
  gap: number;
}

/** A row of pictures beside each other, all of one height. */
export interface JustifiedRow {
  count: number;
  height: number;
}

/** Of what is not loaded yet, and of what has no size: as most photos are. */
export const usualRatio = 1.5;

/** Returns the width of a picture by its height. */
export function ratioOf(width: number | null | undefined, height: number | null | undefined): number {
  return width && height && width > 0 && height > 0 ? width / height : usualRatio;
}

/** Keeps a ratio within what a row can show: a panorama is no lower than half a row, a strip no narrower than two fifths of its height. */
export function clampRatio(ratio: number, { rowHeight, width }: RowMeasure): number {
  return Math.min(Math.max(ratio, 0.4), Math.max(1, (2 * width) / rowHeight));
}

/**
 * Breaks pictures into rows that fill the width, as near to the wanted height as all of them together can be: a paragraph is set
 * this way. The last row ends early where `mayEndEarly`, rather than being blown up.
 */
export function justify(ratios: ArrayLike<number>, measure: RowMeasure, mayEndEarly: boolean): JustifiedRow[] {
  const { gap, rowHeight, width } = measure;
  const total = ratios.length;
  // For each number of pictures: the cost of the best rows that hold them, where the last of these begins, and its height.
  const costs = new Float64Array(total + 1).fill(Infinity);
  const begins = new Int32Array(total + 1);
  const heights = new Float64Array(total + 1);
  costs[0] = 0;
  for (let end = 1; end <= total; end++) {
    let sum = 0;
    for (let begin = end - 1; begin >= 0; begin--) {
      sum += clampRatio(ratios[begin] ?? usualRatio, measure);
      const filling = Math.max(1, (width - gap * (end - begin - 1)) / sum);
      const isShort = mayEndEarly && end === total && filling > rowHeight;
      const height = isShort ? rowHeight : Math.min(filling, 2 * rowHeight);
      const cost = (costs[begin] ?? Infinity) + (height / rowHeight - 1) ** 2;
      if (cost < (costs[end] ?? Infinity)) {
        costs[end] = cost;
        begins[end] = begin;
        heights[end] = height;
      }
      if (filling < rowHeight / 2) break;
    }
  }
  const rows: JustifiedRow[] = [];
  for (let end = total; end > 0; end = begins[end] ?? 0) {
    rows.push({ count: end - (begins[end] ?? 0), height: heights[end] ?? rowHeight });
  }
  return rows.toReversed();
}
