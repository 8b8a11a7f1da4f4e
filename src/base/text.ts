import type { JsonValue } from './config/media-config.ts';

/**
 * Whether both databases can hold the text and look for it. PostgreSQL refuses NUL, where SQLite's full-text search
 * takes it for the end of the term; half a surrogate pair has no UTF-8, and JSON columns refuse its escape.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** The text in the form nearest to it that both can hold: without NULs, and with U+FFFD for half a character. */
export function toStorableText(text: string): string {
  return isStorableText(text) ? text : Buffer.from(text.replaceAll('\0', '')).toString();
}

/** Whoever walks through a stored value can do it by recursion. */
export const deepestJson = 100;

/**
 * The same for every text and every name inside a JSON value, which also nests no deeper than `deepestJson`. What is
 * named `__proto__` gets lost where objects are copied.
 */
export function isStorableJson(value: JsonValue, depth = 0): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === deepestJson) return false;
  if (Array.isArray(value)) return value.every((part) => isStorableJson(part, depth + 1));
  return Object.entries(value).every(([name, part]) => isStorableName(name) && isStorableJson(part, depth + 1));
}

function isStorableName(name: string): boolean {
  return name !== '__proto__' && isStorableText(name);
}

/** Cuts a text to as much of its beginning as these bytes hold in UTF-8, in whole characters. */
export function cutToBytes(text: string, bytes: number): string {
  let end = 0;
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

/** The folders that a path lies in, the highest first; it has `/` between its parts. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
