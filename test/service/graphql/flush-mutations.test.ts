import { createSchema, createYoga } from 'graphql-yoga';
import { expect, it } from 'vitest';
import { flushMutations } from '../../../src/service/graphql/flush-mutations.ts';

it('answers a mutation when what it did is on the disk, and no query waits for that', async () => {
  const happened: string[] = [];
  const flush = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    happened.push('flushed');
  };
  const yoga = createYoga({
    schema: createSchema({
      typeDefs: 'type Query { name: String } type Mutation { rename: String }',
      resolvers: { Query: { name: () => 'a' }, Mutation: { rename: () => void happened.push('renamed') } },
    }),
    logging: false,
    plugins: [flushMutations({ flush })],
  });
  const ask = async (query: string) => {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    await (await yoga.fetch('http://localhost/graphql', { method: 'POST', headers, body })).text();
    happened.push('answered');
  };
  await ask('{ name }');
  await ask('mutation { rename }');
  expect(happened).toEqual(['answered', 'renamed', 'flushed', 'answered']);
});
