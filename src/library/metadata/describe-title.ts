/**
 * The title that a file's stem suggests: `_` and `.` become spaces, a trailing `(YYYY)` goes, runs of whitespace are one
 * space. Never empty: a stem of nothing else, such as `(1999)` or `__`, is its own title.
 */
export function describeTitle(stem: string): string {
  const spaced = stem.replace(separators, ' ').trim();
  const title = spaced.endsWith(')') ? spaced.replace(trailingYear, '') : spaced;
  return title === '' ? stem : title;
}

/** What a title is sorted by: one Unicode form and one case, so that `é` and `É` of any keyboard stand together. */
export function titleKeyOf(title: string): string {
  return title.toLowerCase().normalize('NFC');
}

const separators = /[_.\s]+/g;
const trailingYear = / ?\(\d{4}\)$/;
