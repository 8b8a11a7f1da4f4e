/** Returns a filename without its extension. A leading dot makes a hidden file, not an extension. */
export function stemOf(filename: string): string {
  const dot = filename.lastIndexOf('.');
  return dot > 0 ? filename.slice(0, dot) : filename;
}

/**
 * Returns the title that a file's stem suggests: `_` and `.` become spaces, a trailing `(YYYY)` goes, runs of
 * whitespace are one space. Never empty: a stem of nothing else, such as `(1999)` or `__`, is its own title.
 */
export function describeTitle(stem: string): string {
  const spaced = stem.replace(separators, ' ').trim();
  const title = spaced.endsWith(')') ? spaced.replace(trailingYear, '') : spaced;
  return title === '' ? stem : title;
}

const separators = /[_.\s]+/g;
const trailingYear = / ?\(\d{4}\)$/;
