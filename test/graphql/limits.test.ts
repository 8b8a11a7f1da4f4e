import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import { exampleTabs } from '../../src/graphql/example-tabs.ts';
import { openTestService, startTestService, type TestService } from '../support/test-service.ts';

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

describe('an operation', () => {
  it.each(Object.entries(attacks))('that %s is refused at once, before a resolver runs', async (_, query) => {
    await service.post({ query: '{ viewer { name } }' });
    const begin = performance.now();
    const { body } = await service.post({ query });
    const elapsed = performance.now() - begin;
    expect(body.data).toBeUndefined();
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(body.errors)).not.toContain('INTERNAL_SERVER_ERROR');
    // 50 ms on a machine of its own.
    expect(elapsed).toBeLessThan(500);
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
