/** A ratio that a benchmark printed, with its limit. */
export interface Figure {
  what: string;
  value: number;
  kind: 'at least' | 'at most';
  limit: number;
  isMet: boolean;
}

/**
 * Reads the lines in which a benchmark prints a ratio: what it is, a colon, the number, and in brackets the limit, such as
 * `tiles / live: 0.71 (at least 0.6) ok`. The limit is compared here: what else stands in the line does not count.
 */
export function readFigures(printed: string): Figure[] {
  return printed.split('\n').flatMap((line) => {
    const [, what, value, kind, limit] = pattern.exec(line.trim()) ?? [];
    if (what === undefined || (kind !== 'at least' && kind !== 'at most')) return [];
    const numbers = { value: Number(value), limit: Number(limit) };
    const isMet = kind === 'at least' ? numbers.value >= numbers.limit : numbers.value <= numbers.limit;
    return [{ what, kind, ...numbers, isMet }];
  });
}

const pattern = /^(.+): (\d+(?:\.\d+)?)[^(]*\((at least|at most) (\d+(?:\.\d+)?)\)/;
