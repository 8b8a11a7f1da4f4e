import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { AmbiguousTokenError, TokenNameTakenError, TokenNotFoundError } from '../access/access-errors.ts';
import type { ApiToken } from '../access/api-tokens.ts';
import { tokenNameRule, toTokenName } from '../access/token-name.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { RoleType } from './viewer.schema.ts';

builder.objectType(TokenNotFoundError, {
  name: 'TokenNotFoundError',
  description: 'There is no such token that is not revoked already.',
  interfaces: [ErrorInterface],
});

builder.objectType(TokenNameTakenError, {
  name: 'TokenNameTakenError',
  description: 'Another token that is not revoked has the name.',
  interfaces: [ErrorInterface],
});

builder.objectType(AmbiguousTokenError, {
  name: 'AmbiguousTokenError',
  description: 'Several tokens of an earlier version share the name: give an `id`.',
  interfaces: [ErrorInterface],
});

const ApiTokenType = builder.objectRef<ApiToken>('ApiToken').implement({
  description: 'What people and programs are let in by. Only a hash of its text is kept.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The first part of its text; not the ID of an object.' }),
    name: t.exposeString('name', { description: 'For whom or what it is.' }),
    role: t.expose('role', { type: RoleType, description: 'What its bearer may do.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'Null: never.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'Null where it was not.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the hour.' }),
  }),
});

const CreatedApiTokenType = builder.objectRef<{ token: string; apiToken: ApiToken }>('CreatedApiToken').implement({
  description: 'A new token.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'Its text, to be sent as `Authorization: Bearer …`. It is answered this once, and kept nowhere.',
    }),
    apiToken: t.expose('apiToken', { type: ApiTokenType, description: 'As lists show it.' }),
  }),
});

const CreateApiTokenInput = builder.inputType('CreateApiTokenInput', {
  description: 'Whom to let in, and how far.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'For whom or what it is, such as "phone": 1 to 100 characters.' }),
    role: t.field({ type: RoleType, required: true, description: 'What its bearer may do.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends; left out: never.' }),
  }),
});

builder.queryField('apiTokens', (t) =>
  t.field({
    type: [ApiTokenType],
    description: 'All tokens, the oldest first, those that are revoked too. For administrators.',
    authScopes: { admin: true },
    resolve: (_root, _args, { apiTokens }) => apiTokens.list(),
  }),
);

builder.mutationFields((t) => ({
  createApiToken: t.field({
    type: CreatedApiTokenType,
    description: 'Makes a token; the first one is made by `mediashelf token create`, as it closes the service to all others.',
    args: { input: t.arg({ type: CreateApiTokenInput, required: true, description: 'For whom.' }) },
    errors: {
      types: [TokenNameTakenError, InvalidInputError],
      union: { name: 'CreateApiTokenResult', description: 'The token with its text, or why there is none.' },
    },
    async resolve(_root, { input: { name, role, expiresAt = null } }, { apiTokens, viewer }) {
      if (viewer?.source === 'OPEN') {
        throw new InvalidInputError(
          'input',
          'No access is configured, and the first token would shut everybody else out: make it with `mediashelf token create`.',
        );
      }
      const checked = { name: expectName(name), role, expiresAt: expectFuture(expiresAt) };
      const { token, ...apiToken } = await apiTokens.create(checked);
      return { token, apiToken };
    },
  }),
  revokeApiToken: t.field({
    type: ApiTokenType,
    description: 'Lets a token in no more. The last one does not open the service again.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its name.' }) },
    errors: {
      types: [TokenNotFoundError, AmbiguousTokenError],
      union: { name: 'RevokeApiTokenResult', description: 'The token as it is now, or why nothing changed.' },
    },
    resolve(_root, { id }, { apiTokens }) {
      // Nothing else can be the ID or the name of one, and not every database takes such a text.
      if (toTokenName(id) === null) throw new TokenNotFoundError(id.slice(0, 100));
      return apiTokens.revoke(id);
    },
  }),
}));

function expectName(text: string): string {
  const name = toTokenName(text);
  if (name === null) throw new InvalidInputError('input.name', tokenNameRule);
  return name;
}

function expectFuture(expiresAt: Date | null): Date | null {
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) {
    throw new InvalidInputError(
      'input.expiresAt',
      `${expiresAt.toISOString()} is over: give a time to come, or leave it out.`,
    );
  }
  return expiresAt;
}
