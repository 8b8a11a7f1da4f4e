/** Returns what a search looks through: title, description and path, normalised, a line each. */
export function searchTextOf(item: { title: string; description: string | null; relativePath: string }): string {
  const { title, description, relativePath } = item;
  return normalizeSearch(
    description === null ? `${title}\n${relativePath}` : `${title}\n${description}\n${relativePath}`,
  );
}

/**
 * Returns the form in which texts and search terms are compared: lower case, NFC. Lower-casing comes first, because it
 * can leave a letter and its mark apart. A final sigma becomes a plain one: which of the two `toLowerCase` returns
 * depends on the letters around it, and those differ between a term and the text.
 */
export function normalizeSearch(text: string): string {
  return text.toLowerCase().normalize('NFC').replaceAll('ς', 'σ');
}
