import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, type DocumentNode } from 'graphql';
import { expect, expectTypeOf, it } from 'vitest';
import * as client from '../generated/docs/graphql.ts';
import { blocksOf, readDocument, root } from './read-documents.ts';

// The client is generated from schema/schema.graphql and the operations of the page. That it compiles is shown where all
// sources are compiled.

it('is generated for every operation of the page, with nothing left out of it', () => {
  const written = blocksOf(readDocument('docs/graphql.md'), 'graphql').flatMap((text) => namesOf(parse(text)));
  const typed = Object.entries(client).flatMap(([name, document]) =>
    name.endsWith('Document') ? namesOf(parse(String(document))) : [],
  );
  expect(new Set(written).size, 'operations of one name').toBe(written.length);
  expect(typed.toSorted()).toEqual(written.toSorted());
});

it('is compiled as strictly as a careful client is', () => {
  const configuration = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as Record<string, unknown>;
  const strictness = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true };
  expect(configuration).toMatchObject({ compilerOptions: strictness, include: expect.arrayContaining(['test']) });
});

it('gives what is asked for, with null where the schema says so', () => {
  type Item = client.ListQuery['media']['edges'][number]['node'];
  expectTypeOf<Item['title']>().toEqualTypeOf<string>();
  expectTypeOf<Item['durationSeconds']>().toEqualTypeOf<number | null>();
  expectTypeOf<client.TimelineQuery['mediaTimeline'][number]['count']>().toEqualTypeOf<number>();
  expectTypeOf<{ id: string }>().toExtend<client.ItemQueryVariables>();
  expectTypeOf<object>().not.toExtend<client.ItemQueryVariables>();
  expectTypeOf<{ after: string | null }>().toExtend<client.ListQueryVariables>();
  // A failure is data, told apart by its name.
  type Described = client.DescribeMutation['updateMedia'];
  expectTypeOf<Extract<Described, { __typename: 'MediaItem' }>['id']>().toEqualTypeOf<string>();
  expectTypeOf<Extract<Described, { __typename: 'InvalidInputError' }>['code']>().toEqualTypeOf<string>();
});

function namesOf({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? 'without a name'] : [],
  );
}
