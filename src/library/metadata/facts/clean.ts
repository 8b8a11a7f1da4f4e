import { toStorableText } from '../../../base/text.ts';
import type { Notes } from './notes.ts';

/** Characters of a text that is kept. */
const maxTextLength = 300;

/**
 * Returns a text from a file as it can be stored and shown in a line: without control characters and the space around
 * it, cut with a note; undefined for none.
 */
export function cleanText(value: unknown, what: string, notes: Notes, maxLength = maxTextLength): string | undefined {
  if (typeof value !== 'string') return undefined;
  // What nobody will see need not be cleaned: strings have megabytes.
  const start = value.slice(0, maxLength * 4);
  const clean = toStorableText(start.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/ {2,}/g, ' ')).trim();
  const isCut = clean.length > maxLength || value.length > start.length;
  if (isCut) notes.add(`${what} was cut after ${maxLength} characters.`);
  const kept = clean.length > maxLength ? toStorableText(clean.slice(0, maxLength)).trim() : clean;
  return kept === '' ? undefined : kept;
}

/** Returns the texts that are left when each is cleaned, each once; the first `maxItems` of them, with a note. */
export function cleanTexts(
  values: Iterable<unknown>,
  what: string,
  notes: Notes,
  { maxItems, maxLength = 100 }: { maxItems: number; maxLength?: number },
): string[] {
  const texts = new Set<string>();
  for (const value of values) {
    const text = cleanText(value, `One of the ${what}`, notes, maxLength);
    if (text === undefined || texts.has(text)) continue;
    if (texts.size === maxItems) {
      notes.add(`Of the ${what} only the first ${maxItems} are kept.`);
      break;
    }
    texts.add(text);
  }
  return [...texts];
}

/** Returns a number within a range, to so many digits; undefined, with a note, for one outside it. */
export function cleanNumber(
  value: number | undefined,
  what: string,
  notes: Notes,
  { min, max, digits = 6 }: { min: number; max: number; digits?: number },
): number | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  if (value < min || value > max) {
    notes.add(`${what} is ${value}, which makes no sense; it is left out.`);
    return undefined;
  }
  return Number(value.toPrecision(digits));
}

/** Returns the object without the members that are undefined; undefined for one without any other. */
export function withoutGaps<T extends object>(value: WithGaps<T>): T | undefined {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : (Object.fromEntries(members) as T);
}

/** An object whose members may be undefined, where they may be missing. */
type WithGaps<T> = { [K in keyof T]: T[K] | undefined };
