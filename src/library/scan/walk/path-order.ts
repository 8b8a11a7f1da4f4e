/**
 * Orders two relative paths by their UTF-8 bytes: below zero, zero or above, as `Array.prototype.sort` wants it. This is
 * the order of SQLite's BINARY and of PostgreSQL's COLLATE "C", so that a walk and a query can be merged. JavaScript's
 * own `<` compares UTF-16 units, which puts U+10000 and up (surrogates) before U+E000 to U+FFFF.
 */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA !== unitB) return codePointRank(unitA) - codePointRank(unitB);
  }
  return a.length - b.length;
}

/** Ranks the surrogates above every other unit; the order of UTF-8 bytes is the order of code points. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
