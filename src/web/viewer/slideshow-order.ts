/**
 * Returns the way through a list that begins at a number: the next one each time, null after the last. Shuffled, it comes to each number once
 * in an order that looks like none, without keeping one: a list may have a million.
 */
export function slideshowOrder(
  total: number,
  start: number,
  { isShuffled, random }: { isShuffled: boolean; random: () => number },
): () => number | null {
  const stride = isShuffled ? strideThrough(total, random) : 1;
  let at = start;
  let left = (isShuffled ? total : total - start) - 1;
  return () => {
    if (left <= 0) return null;
    left--;
    at = (at + stride) % total;
    return at;
  };
}

/** A step between a third and two thirds of the list that leads to all of it. */
function strideThrough(total: number, random: () => number): number {
  let stride = Math.max(1, Math.floor(total * (1 / 3 + random() / 3)));
  while (commonDivisor(stride, total) !== 1) stride++;
  return stride;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
