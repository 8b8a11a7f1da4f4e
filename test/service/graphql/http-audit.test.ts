import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, startTestService, type TestService } from '../../support/test-service.ts';

/** Those whose operation has variables ask for the schema with it, which production does not answer. */
const askingForSchema = new Set(['2EA1', '28B9', 'D6D5', '6A70']);

describe.each([
  ['development', { NODE_ENV: 'development' }],
  ['production', { NODE_ENV: 'production' }],
  ['production that answers for its schema', { NODE_ENV: 'production', INTROSPECTION: 'on' }],
])('in %s', (profile, environment) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService({ environment });
  });
  afterAll(() => service.close());

  // Every audit of the GraphQL-over-HTTP specification, whether it says MUST, SHOULD or MAY.
  const audits = serverAudits({ url: () => service.url });
  it.each(audits.filter(({ id }) => profile !== 'production' || !askingForSchema.has(id)))(
    '$name ($id)',
    async (audit) => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    },
  );
});

it('production refuses the audits that ask for its schema, for that alone', async () => {
  const service = await startTestService({ environment: { NODE_ENV: 'production' } });
  const query = 'query ($name: String!) { __type(name: $name) { name } }';
  const { body } = await service.post({ query, variables: { name: 'Query' } });
  expect(body.errors?.map(({ message }) => message)).toEqual([
    expect.stringContaining('introspection has been disabled'),
  ]);
  const audits = serverAudits({ url: service.url }).filter(({ id }) => askingForSchema.has(id));
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  expect(results.map(({ status }) => status === 'ok')).toEqual([false, false, false, false]);
});
