import { z } from 'zod';
import { yamlBoolean } from './media-config-schema.ts';

interface CategoryProblem {
  path: (string | number)[];
  found: string;
  expected: string;
}

/**
 * Checks the rules that hold between categories: keys differ; strict, exactly one is the default; not strict, at most
 * one. It reads the raw value, and what is misshapen counts as absent, so that these faults come out beside those of
 * shape.
 */
export function checkCategories(value: unknown): CategoryProblem[] {
  const { categories, validation } = outlineSchema.parse(value);
  return [...findRepeatedKeys(categories), ...checkDefault(categories, validation?.strict ?? true)];
}

const outlineSchema = z
  .object({
    categories: z
      .array(
        z
          .object({ key: z.string().optional().catch(undefined), default: yamlBoolean.nullish().catch(undefined) })
          .catch({}),
      )
      .catch([]),
    validation: z.object({ strict: yamlBoolean.nullish() }).nullish().catch(undefined),
  })
  .catch({ categories: [] });

type CategoryOutline = z.output<typeof outlineSchema>['categories'][number];

function* findRepeatedKeys(categories: CategoryOutline[]): Generator<CategoryProblem> {
  const firstIndexes = new Map<string, number>();
  for (const [index, { key }] of categories.entries()) {
    if (key === undefined) continue;
    const first = firstIndexes.get(key);
    if (first === undefined) firstIndexes.set(key, index);
    else {
      const found = `${JSON.stringify(key)}, which categories[${first}] has already`;
      yield { path: ['categories', index, 'key'], found, expected: 'a key that no other category has' };
    }
  }
}

function* checkDefault(categories: CategoryOutline[], strict: boolean): Generator<CategoryProblem> {
  const [first, ...others] = [...categories.keys()].filter((index) => categories[index]?.default);
  for (const index of others) {
    const found = `a second default category, after categories[${first}]`;
    yield { path: ['categories', index, 'default'], found, expected: `${strict ? 'exactly' : 'at most'} one` };
  }
  if (strict && first === undefined && categories.length > 0) {
    const expected = 'exactly one category with default: true (or validation.strict: false, and the first one serves)';
    yield { path: ['categories'], found: 'no default category', expected };
  }
}
