/** An order of numbers that looks like chance and is the same for the same seed; nothing of it is stored. */
export interface Shuffle {
  /** Two to the power of this many numbers are in it, from 0 on. */
  bits: number;
  numberAt(rank: number): number;
  rankOf(number: number): number;
}

export const maxShuffleBits = 31;

/** Returns how many bits the numbers up to `max` need. */
export function bitsFor(max: number): number {
  return Math.max(2, 32 - Math.clz32(max));
}

/**
 * Creates the shuffle of a seed, any 32-bit integer. Each round is a bijection of the numbers: a product with an odd number, a sum, and
 * the upper half laid over the lower one, which undoes itself.
 */
export function createShuffle(seed: number, bits: number): Shuffle {
  const mask = 2 ** bits - 1;
  const half = Math.ceil(bits / 2);
  const rounds = Array.from({ length: 5 }, (_, round) => {
    const factor = mix(seed, 2 * round) | 1;
    return { factor, inverse: inverseOf(factor), sum: mix(seed, 2 * round + 1) };
  });
  const reversed = rounds.toReversed();
  return {
    bits,
    numberAt(rank) {
      let value = rank;
      for (const { factor, sum } of rounds) {
        value = (Math.imul(value, factor) + sum) & mask;
        value ^= value >>> half;
      }
      return value;
    },
    rankOf(number) {
      let value = number;
      for (const { inverse, sum } of reversed) {
        value ^= value >>> half;
        value = Math.imul(value - sum, inverse) & mask;
      }
      return value;
    },
  };
}

/** MurmurHash3's finalizer, of the seed and the number of the constant. */
function mix(seed: number, index: number): number {
  let hash = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b9), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** Returns the inverse of an odd number modulo two to the power of 32, by Newton's method. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 5; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
