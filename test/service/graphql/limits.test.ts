import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { getIntrospectionQuery, getNamedType, isLeafType, type GraphQLObjectType } from 'graphql';
import { exampleTabs } from '../../../src/service/graphql/example-tabs.ts';
import { maxListLength } from '../../../src/service/schema/limit-lists.ts';
import { schema } from '../../../src/service/schema/schema.ts';
import { findLists } from '../../support/schema-inputs.ts';
import { listFields, rootTypes } from '../../support/schema-operations.ts';
import { openTestService, startTestService, type TestService } from '../../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openTestService();
});
afterAll(() => service.close());

const nested = (depth: number) => `{ categories ${'{ key '.repeat(depth)}${'}'.repeat(depth)} }`;
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

const attacks: Record<string, string> = {
  'is deep': nested(500),
  'has many aliases': `{ ${many(300, (index) => `a${index}: viewer { name }`).join(' ')} }`,
  'has many aliases of one object': `{ viewer { ${many(300, (index) => `a${index}: name`).join(' ')} } }`,
  'has many directives': `{ viewer ${'@include(if: true) '.repeat(100)}{ name } }`,
  'has fragments in a circle':
    '{ viewer { ...a } } fragment a on Viewer { name ...b } fragment b on Viewer { role ...a }',
  'unfolds its fragments without end': [
    '{ categories { ...f0 } }',
    ...many(20, (index) => `fragment f${index} on Category { key ...f${index + 1} ...f${index + 1} }`),
    'fragment f20 on Category { label }',
  ].join(' '),
  'is long': `{ viewer { ${'name '.repeat(5_000)} } }`,
  'has a list without end': `{ media(filter: { categories: [${'"a" '.repeat(5_000)}] }) { totalCount } }`,
  'asks for many pages at once': `{ ${many(100, (index) => `media(first: ${index + 1}) { edges { node { id title metadata } } }`).join(' ')} }`,
  'is nested in brackets': `{ media(filter: { categories: ${'['.repeat(2_500)}${']'.repeat(2_500)} }) { totalCount } }`,
};

/** Counts the root fields that are resolved from now on. */
function countResolved(): () => number {
  let count = 0;
  for (const { field } of rootTypes(schema).flatMap(listFields)) {
    const { resolve } = field;
    field.resolve = (...given) => {
      count += 1;
      return resolve?.(...given);
    };
    onTestFinished(() => void Object.assign(field, { resolve }));
  }
  return () => count;
}

describe('an operation', () => {
  it.each(Object.entries(attacks))(
    'that %s is refused, before a resolver runs and at little cost',
    async (_, query) => {
      await service.post({ query: '{ viewer { name } }' });
      await service.post({ query });
      const resolved = countResolved();
      // Time of the processor: how long it waits for one is the machine's affair.
      const costsMs: number[] = [];
      for (let run = 0; run < 9; run += 1) {
        const before = process.cpuUsage();
        const { body } = await service.post({ query });
        const { user, system } = process.cpuUsage(before);
        costsMs.push((user + system) / 1000);
        expect(body.data).toBeUndefined();
        expect(body.errors?.length).toBeGreaterThan(0);
        expect(JSON.stringify(body.errors)).not.toContain('INTERNAL_SERVER_ERROR');
      }
      expect(resolved()).toBe(0);
      expect(costsMs.toSorted((a, b) => a - b)[4]).toBeLessThan(50);
      await service.post({ query: '{ viewer { name } }' });
      expect(resolved()).toBe(1);
    },
  );

  it.each(findLists(schema))('with more than 1000 entries in $place is refused, whatever they are', async (list) => {
    const send = (length: number) => service.post(list.operation(length));
    for (const length of [maxListLength + 1, 20_000]) {
      const { status, body } = await send(length);
      expect({ status, errors: body.errors }).toMatchObject({
        status: 200,
        errors: [{ extensions: { code: 'INVALID_INPUT', field: list.place.slice(list.place.indexOf('.') + 1) } }],
      });
    }
  });

  it.each(['jobs', 'media', 'models', 'pendingImports'])('for a page of %s gets 200 items at most', async (field) => {
    const ask = async (side: string, count: number) => {
      const query = `query ($count: Int) { ${field}(${side}: $count) { pageInfo { hasNextPage } } }`;
      return (await service.post({ query, variables: { count } })).body;
    };
    for (const side of ['first', 'last']) {
      expect(await ask(side, 200)).toHaveProperty(`data.${field}.pageInfo`);
      for (const count of [201, 2_147_483_647, -1]) {
        expect(await ask(side, count)).toMatchObject({
          errors: [{ extensions: { code: 'INVALID_INPUT', field: side } }],
        });
      }
    }
  });

  it('may ask for all that the largest page of items has, and not for pages of pages', async () => {
    const values = listFields(schema.getType('MediaItem') as GraphQLObjectType)
      .filter(({ field }) => isLeafType(getNamedType(field.type)))
      .map(({ field }) => field.name);
    const related = 'category { key label } model { sha256 name tags { name } }';
    const page = `media(first: 200) { totalCount edges { cursor node { ${values.join(' ')} ${related} } } }`;
    expect((await service.post({ query: `{ ${page} }` })).body.errors).toBeUndefined();
    const errors = 'itemErrors(first: 200) { edges { node { item code message } } }';
    const pages = `jobs(first: 200) { edges { node { id ... on ScanJob { ${errors} } } } }`;
    expect(JSON.stringify((await service.post({ query: `{ ${pages} }` })).body.errors)).toContain('Cost limit');
  });

  it('is refused with others in one request, and with a body that is too large', async () => {
    const batch = await service.post([{ query: '{ viewer { name } }' }, { query: '{ viewer { name } }' }]);
    expect([batch.status, batch.body.data]).toEqual([400, undefined]);
    const large = await service.post({ query: '{ viewer { name } }', variables: { x: 'x'.repeat(1_100_000) } });
    expect([large.status, large.body.data]).toEqual([413, undefined]);
  });

  it.each(exampleTabs.filter(({ query }) => !query.includes('subscription')))(
    'of the examples is well within the limits',
    async ({ query }) => {
      const { body } = await service.post({ query, variables: {} });
      expect(JSON.stringify(body.errors ?? [])).not.toMatch(/limit|exceed/i);
    },
  );

  it('may ask for the schema while people develop, and gets help with names', async () => {
    expect((await service.post({ query: getIntrospectionQuery() })).body.errors).toBeUndefined();
    expect(JSON.stringify((await service.post({ query: '{ categoriez { key } }' })).body)).toContain('Did you mean');
  });

  it('may not in production, and GraphiQL is not there', async () => {
    const production = await startTestService({ environment: { NODE_ENV: 'production' } });
    const { body } = await production.post({ query: getIntrospectionQuery() });
    expect(body.data).toBeUndefined();
    expect(JSON.stringify((await production.post({ query: '{ categoriez { key } }' })).body)).not.toContain(
      'Did you mean',
    );
    expect((await fetch(production.url, { headers: { accept: 'text/html' } })).status).not.toBe(200);
    expect(
      (await production.post({ query: '{ __typename categories { key __typename } }' })).body.errors,
    ).toBeUndefined();
  });

  it('that changes something is not taken by GET', async () => {
    const response = await fetch(
      `${service.url}?query=${encodeURIComponent('mutation { reloadMediaConfig { __typename } }')}`,
    );
    expect(response.status).toBe(405);
  });
});
