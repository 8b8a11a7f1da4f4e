import { z } from 'zod';

interface UnknownKey {
  path: (string | number)[];
  /** The keys that the schema knows beside it. */
  known: string[];
}

/** Finds every key that the schema's objects do not name; what the schema leaves free is not looked into. */
export function* findUnknownKeys(
  schema: z.core.$ZodType,
  value: unknown,
  path: (string | number)[] = [],
): Generator<UnknownKey> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    yield* findUnknownKeys(schema.unwrap(), value, path);
  } else if (schema instanceof z.ZodArray && Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* findUnknownKeys(schema.element, item, [...path, index]);
  } else if (schema instanceof z.ZodObject && isMapping(value)) {
    const shape: Record<string, z.core.$ZodType> = schema.shape;
    for (const [key, child] of Object.entries(value)) {
      const childSchema = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (childSchema) yield* findUnknownKeys(childSchema, child, [...path, key]);
      else yield { path: [...path, key], known: Object.keys(shape) };
    }
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The known key that a mistyped one most likely stands for, or undefined where none is close: at most one edit for
 * every three letters.
 */
export function nearestKey(typed: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(typed.length / 3));
  let nearest: { key: string; edits: number } | undefined;
  for (const key of known) {
    const edits = countEdits(typed.toLowerCase(), key);
    if (edits <= limit && edits < (nearest?.edits ?? Infinity)) nearest = { key, edits };
  }
  return nearest?.key;
}

/** Levenshtein's distance, where two neighbours that changed places count as one edit. */
function countEdits(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column++) {
      const replace = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swap = swapped ? at(row - 2, column - 2) + 1 : Infinity;
      rows[row]![column] = Math.min(replace, swap, at(row - 1, column) + 1, at(row, column - 1) + 1);
    }
  }
  return at(from.length, to.length);
}
