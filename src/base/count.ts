/** Writes a number with its noun, such as `1 file`, `2 files` or `3 entries`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
