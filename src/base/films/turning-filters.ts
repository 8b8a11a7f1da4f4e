/**
 * Returns FFmpeg's filters that turn a frame upright by its display matrix: nine numbers of 32 bits, of which the first
 * four that are not zero say where its axes lie (ISO/IEC 14496-12, section 8.5.3). Other angles than quarters of a turn are left as
 * they are.
 */
export function turningFilters(matrix: Buffer | null): string[] {
  if (matrix === null || matrix.length < 36) return [];
  const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 3, 4].map((index) => Math.sign(matrix.readInt32LE(index * 4)));
  return turns[`${a} ${b} ${c} ${d}`] ?? [];
}

/** By where the matrix sends the axes: x to (a, b), y to (c, d). */
const turns: Readonly<Record<string, string[]>> = {
  '0 1 -1 0': ['transpose=clock'],
  '-1 0 0 -1': ['hflip', 'vflip'],
  '0 -1 1 0': ['transpose=cclock'],
  '-1 0 0 1': ['hflip'],
  '1 0 0 -1': ['vflip'],
  '0 1 1 0': ['transpose=cclock_flip'],
  '0 -1 -1 0': ['transpose=clock_flip'],
};
