import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { isStorableText } from '../../../base/text.ts';
import { keySeparator } from '../../metadata/sort-keys.ts';

/** Which group it is: all of its items have this in front of what they are sorted by. */
export interface GroupKey {
  category: string;
  /** How many levels it is below the top, from 1 on. */
  depth: number;
  /** As many parts as it is deep, each with a separator behind it. */
  prefix: string;
}

/** Encodes a group for clients, who give it back as a parent or a cursor. */
export function encodeGroupKey({ category, depth, prefix }: GroupKey): string {
  return Buffer.from(JSON.stringify([category, depth, prefix])).toString('base64url');
}

/** Throws InvalidInputError for what is not the key of a group of that category. */
export function decodeGroupKey(argument: string, key: string, category: string): GroupKey {
  const parts = parse(key);
  if (!isGroupKey(parts)) {
    const message = `"${key.slice(0, 80)}" is not the key of a group: give one that \`groups\` gave.`;
    throw new InvalidInputError(argument, message);
  }
  const [ownCategory, depth, prefix] = parts;
  if (ownCategory !== category) {
    const message = `The group belongs to the category "${ownCategory.slice(0, 80)}", not to "${category}".`;
    throw new InvalidInputError(argument, message);
  }
  return { category, depth, prefix };
}

/** Returns the first text behind all that begin with the prefix. */
export function endOfPrefix(prefix: string): string {
  return `${prefix.slice(0, -1)}\u0002`;
}

/** Returns the first `depth` parts of what an item is sorted by; null where it has no more than these. */
export function prefixOf(key: string, depth: number): string | null {
  const parts = key.split(keySeparator);
  return parts.length > depth ? parts.slice(0, depth).join(keySeparator) + keySeparator : null;
}

function parse(key: string): unknown {
  try {
    return JSON.parse(Buffer.from(key, 'base64url').toString());
  } catch {
    return undefined; // not JSON: reported as no key by the caller
  }
}

function isGroupKey(parts: unknown): parts is [string, number, string] {
  if (!Array.isArray(parts) || parts.length !== 3) return false;
  const [category, depth, prefix] = parts as unknown[];
  if (typeof category !== 'string' || typeof prefix !== 'string' || !isStorableText(prefix)) return false;
  return prefix.endsWith(keySeparator) && depth === prefix.split(keySeparator).length - 1;
}
