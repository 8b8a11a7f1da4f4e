import { foldText } from './fold-text.ts';

/** Returns what a search looks through first: title, description and path, folded, a line each. */
export function searchTextOf(item: { title: string; description: string | null; relativePath: string }): string {
  const { title, description, relativePath } = item;
  const parts = description === null ? [title, relativePath] : [title, description, relativePath];
  return parts.map(foldText).join('\n');
}

/**
 * Returns the terms of a search, folded: its words, and what stands between quotation marks as one. A mark without its other one, and one in
 * the middle of a word, is a sign like others. Doubles are left out.
 */
export function searchTermsOf(search: string): string[] {
  const terms = Array.from(
    foldText(search).matchAll(/(?<!\S)"([^"]+)"(?!\S)|\S+/g),
    ([word, phrase]) => phrase ?? word,
  );
  return [...new Set(terms)];
}
