import { inspect } from 'node:util';
import { GraphQLError, isAbstractType, isListType, isNonNullType, isObjectType, type GraphQLOutputType } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { schema } from '../../../src/service/schema/schema.ts';
import { findWays, listFields, toOperation, type Field, type FieldOfType } from '../../support/schema-operations.ts';
import { subscribeOverSse, subscribeOverWebSocket } from '../../support/subscribe.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const secrets = /srv\/secret|SELECT|hunter2|db\.internal|10\.1\.2\.3|at resolve|\.ts:\d/;

/** What drivers, file systems and bugs put into their messages. */
function failure(): Error {
  const error = new Error('SELECT * FROM api_tokens failed: ENOENT /srv/secret/a.db at db.internal (10.1.2.3)');
  error.stack = `${error.message}\n    at resolve (/srv/secret/src/a.ts:12:3)`;
  return Object.assign(error, {
    code: 'ENOENT',
    path: '/srv/secret',
    password: 'hunter2',
    extensions: { sql: 'SELECT' },
  });
}

const thrown: (() => unknown)[] = [
  failure,
  () => failure().message,
  () => ({ message: failure().message, stack: failure().stack }),
  () => new AggregateError([failure()], failure().message),
  () => new GraphQLError(failure().message, { originalError: failure() }),
  () => new TypeError(failure().message, { cause: failure() }),
];

// The types of this file's own schema take what the stubs below say that they are.
for (const type of Object.values(schema.getTypeMap())) {
  if (isAbstractType(type)) type.resolveType = (stub: { __typename: string }) => stub.__typename;
  if (isObjectType(type)) type.isTypeOf = null;
}

const ways = [...findWays(schema)].filter(([{ name }]) => !name.startsWith('__'));
const places = ways.flatMap(([owner, way]) => listFields(owner).map((asked) => ({ way, asked })));
const subscriptions = places.filter(({ asked }) => asked.owner === schema.getSubscriptionType());

interface Functions {
  resolve: Field['resolve'] | undefined;
  subscribe: Field['subscribe'] | undefined;
}
const changed = new Map<Field, Functions>();
afterEach(() => restore());

function replace(field: Field, functions: Functions): void {
  changed.set(field, { resolve: field.resolve, subscribe: field.subscribe });
  Object.assign(field, functions);
}

function restore(): void {
  for (const [field, functions] of changed) Object.assign(field, functions);
  changed.clear();
}

const once = async function* () {
  yield {};
};

const failLater = async function* () {
  await Promise.resolve();
  yield* [];
  throw failure();
};

const failAtOnce = async () => {
  throw failure();
};

/** Lets every field of the way give a stub of the type that comes next. */
function leadAlong(way: readonly FieldOfType[], { owner }: FieldOfType): void {
  for (const [index, { field }] of way.entries()) {
    const stub = { __typename: (way[index + 1]?.owner ?? owner).name };
    replace(field, { resolve: () => inLists(field.type, stub), subscribe: once });
  }
}

function inLists(type: GraphQLOutputType, stub: unknown): unknown {
  if (isNonNullType(type)) return inLists(type.ofType, stub);
  return isListType(type) ? [inLists(type.ofType, stub)] : stub;
}

async function ask(service: TestService, query: string): Promise<{ errors?: readonly { extensions?: unknown }[] }> {
  if (query.startsWith('subscription')) return firstOf(subscribeOverSse(service.url, { query }));
  if (!query.includes('$file')) return (await service.post({ query })).body;
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { file: null } }));
  form.set('map', '{"0":["variables.file"]}');
  form.set('0', new Blob(['no film']), 'film.mp4');
  return (await (await fetch(service.url, { method: 'POST', body: form })).json()) as { errors: [] };
}

async function firstOf<T>(results: AsyncIterable<T>): Promise<T> {
  for await (const result of results) return result;
  throw new Error('there was no result');
}

const masked = [{ code: 'INTERNAL_SERVER_ERROR' }];

describe.each(['development', 'production'])('with NODE_ENV=%s', (nodeEnv) => {
  const start = () => startTestService({ environment: { NODE_ENV: nodeEnv } });

  it('whatever any field throws, its client hears nothing of it, and the log all', async () => {
    const service = await start();
    for (const [index, { way, asked }] of places.entries()) {
      const make = thrown[index % thrown.length] ?? failure;
      const fail = () => {
        throw make();
      };
      leadAlong(way, asked);
      const resolve = index % 2 === 0 ? fail : async () => fail();
      replace(asked.field, { resolve, subscribe: once });
      service.logged.length = 0;
      const query = toOperation(schema, way, asked);
      const answer = await ask(service, query);
      const codes = answer.errors?.map(({ extensions }) => extensions);
      expect({ query, codes, answer }).toEqual({ query, codes: masked, answer });
      expect(JSON.stringify(answer)).not.toMatch(secrets);
      expect({ query, logged: JSON.stringify(service.logged) }).toEqual({
        query,
        logged: expect.stringMatching(secrets),
      });
      restore();
    }
    expect(places.length).toBeGreaterThan(300);
  });

  it.each([
    ['server-sent events', subscribeOverSse],
    ['WebSocket', subscribeOverWebSocket],
  ])('nor of what breaks a subscription over %s', async (_, subscribe) => {
    const service = await start();
    for (const { asked } of subscriptions) {
      for (const source of [failAtOnce, failLater]) {
        service.logged.length = 0;
        replace(asked.field, { resolve: () => null, subscribe: source });
        const query = toOperation(schema, [], asked);
        const told = await firstOf(subscribe(service.url, { query })).catch((error: unknown) => error);
        const { reason = '' } = told as { reason?: string };
        expect(`${reason} ${inspect(told, { depth: 9 })}`).not.toMatch(secrets);
        expect({ query, told: inspect(told, { depth: 9 }) }).toEqual({
          query,
          told: expect.stringContaining('INTERNAL_SERVER_ERROR'),
        });
        expect(JSON.stringify(service.logged)).toMatch(secrets);
        restore();
      }
    }
    expect(subscriptions.length).toBeGreaterThan(3);
  });
});
