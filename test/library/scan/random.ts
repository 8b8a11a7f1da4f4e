/** Random numbers that are the same in each run (mulberry32): a failure can be seen again. */
export function createRandom(seed: number) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(values: readonly T[]) => values[below(values.length)]!;
  /** `fewest` to `most` picks, joined. */
  const text = (parts: readonly string[], fewest: number, most: number) =>
    Array.from({ length: fewest + below(most - fewest + 1) }, () => pick(parts)).join('');
  return { below, pick, text };
}
