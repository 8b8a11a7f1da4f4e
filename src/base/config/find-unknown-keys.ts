import { z } from 'zod';

interface UnknownKey {
  path: (string | number)[];
  /** The keys that mean something in its place. */
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
