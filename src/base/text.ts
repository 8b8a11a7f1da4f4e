import type { JsonValue } from './config/media-config.ts';

/**
 * Whether both databases can store the text and search for it. PostgreSQL refuses NUL, where SQLite's full-text search
 * takes it for the end of the term; half a surrogate pair has no UTF-8, and JSON columns refuse its escape.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** Returns the nearest text that both databases can store: without NULs, and with U+FFFD for half a character. */
export function toStorableText(text: string): string {
  return isStorableText(text) ? text : Buffer.from(text.replaceAll('\0', '')).toString();
}

/** The most levels of a stored JSON value, so that recursion can walk through it. */
export const deepestJson = 100;

/**
 * Whether every text and every name inside a JSON value is storable, and it nests no deeper than `deepestJson`. A
 * member named `__proto__` gets lost where objects are copied.
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

/** Returns as much of the beginning, in whole characters, as fits into that many bytes of UTF-8. */
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

/** Returns the folders that a path with `/` between its parts lies in, the highest first. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
