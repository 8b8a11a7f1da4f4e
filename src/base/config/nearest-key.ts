/**
 * The known key that a mistyped one most likely stands for, or undefined where none is close: at most one edit for
 * every three letters.
 */
export function nearestKey(typed: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(typed.length / 3));
  let nearest: { key: string; edits: number } | undefined;
  for (const key of known) {
    const edits = countEdits(typed.toLowerCase(), key);
    if (edits <= limit && edits < (nearest?.edits ?? Infinity)) nearest = { key, edits };
  }
  return nearest?.key;
}

/** Levenshtein's distance, where two neighbours that changed places count as one edit. */
function countEdits(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column++) {
      const replace = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swap = swapped ? at(row - 2, column - 2) + 1 : Infinity;
      rows[row]![column] = Math.min(replace, swap, at(row - 1, column) + 1, at(row, column - 1) + 1);
    }
  }
  return at(from.length, to.length);
}
