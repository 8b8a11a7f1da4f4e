/** Cuts values into batches; the size may be another one for each of them. */
export function* inBatches<T>(values: readonly T[], size: number | (() => number)): Generator<T[]> {
  let start = 0;
  while (start < values.length) {
    const end = start + (typeof size === 'number' ? size : size());
    yield values.slice(start, end);
    start = end;
  }
}
