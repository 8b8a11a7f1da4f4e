import { createYoga } from 'graphql-yoga';
import { parse as parseDocument, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/base/config/settings.ts';
import { exampleTabs } from '../../../src/service/graphql/example-tabs.ts';
import { renderGraphiQLPage } from '../../../src/service/graphql/graphiql-page.ts';
import { limitOperations } from '../../../src/service/graphql/limits.ts';
import { checkOperations } from '../../../src/service/graphql/persisted/check-operations.ts';
import { schema } from '../../../src/service/schema/schema.ts';

const operations = new Map(exampleTabs.map(({ query }) => [query.split('\n')[0]!, query]));

it('goes with the schema and stays within the limits, each with its variables', () => {
  const { graphqlLimits: limits, introspection } = loadSettings({}, '/');
  const { parse, validate } = createYoga({
    schema,
    logging: false,
    plugins: limitOperations({ limits, introspection }),
  }).getEnveloped({});
  expect(checkOperations(schema, operations, { parse, validate })).toEqual([]);
  for (const { query, variables = '{}' } of exampleTabs) {
    const { variableDefinitions = [] } = parseDocument(query).definitions[0] as OperationDefinitionNode;
    const { errors } = getVariableValues(schema, variableDefinitions, JSON.parse(variables) as Record<string, unknown>);
    expect([query, errors]).toEqual([query, undefined]);
  }
});

it('has one for each kind of work', () => {
  const all = [...operations.values()].join('');
  for (const field of [
    'scanMedia',
    'scanProgress(jobId: $id)',
    'createImageProxies',
    'migrateLegacyDatabase',
    'hashPendingModels',
    'purgeMedia',
  ]) {
    expect(all).toContain(field);
  }
});

it('stands on a page with a field for the token, which comes before the scripts of GraphiQL', async () => {
  const page = await renderGraphiQLPage({ title: 'mediashelf' });
  const [field, root] = ['<input id="token" type="password"', '<div id="root"></div>'].map((part) =>
    page.indexOf(part),
  );
  expect(field).toBeGreaterThan(0);
  expect(root).toBeGreaterThan(field!);
  expect(page.indexOf('globalThis.fetch =')).toBeLessThan(root!);
});
