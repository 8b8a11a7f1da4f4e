import type { JsonValue } from '../config/media-config.ts';

/**
 * Whether both databases can hold the text and look for it. PostgreSQL refuses NUL, where SQLite's full-text search
 * takes it for the end of the term; half a surrogate pair has no UTF-8, and JSON columns refuse its escape.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** The same for every text and every name inside a JSON value. */
export function isStorableJson(value: JsonValue): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorableJson);
  return Object.entries(value).every(([name, part]) => isStorableText(name) && isStorableJson(part));
}
