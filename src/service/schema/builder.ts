import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin, { type AuthFailure } from '@pothos/plugin-scope-auth';
import { ForbiddenError, UnauthenticatedError } from '../access/access-errors.ts';
import { highestRole, includesRole, type Role } from '../access/role.ts';
import { maxPageSize } from '../../base/paging.ts';
import { decodePublicId, encodePublicId } from '../../base/public-id.ts';
import type { JsonValue } from '../../base/config/media-config.ts';
import type PrismaTypes from '../../base/database/generated/pothos-types.ts';
import { getDatamodel } from '../../base/database/generated/pothos-types.ts';
import { checkNodeId, checkNodeIds } from './check-node-ids.ts';
import type { GraphQLContext } from './context.ts';
import type { IncomingFile } from './incoming-file.ts';

interface SchemaTypes {
  Context: GraphQLContext;
  AuthScopes: { viewer: boolean; editor: boolean; admin: boolean };
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string | number };
    DateTime: { Input: Date; Output: Date };
    SafeInt: { Input: number; Output: number };
    JSON: { Input: JsonValue; Output: unknown };
    Upload: { Input: IncomingFile; Output: never };
  };
}

/** The one builder of the schema. Types and operations are defined in the `*.schema.ts` of their domain. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: { client: (context) => context.prisma, dmmf: getDatamodel() },
  relay: {
    encodeGlobalID: encodePublicId,
    decodeGlobalID: decodePublicId,
    // Every connection has its edges, and every edge its node, as schema.graphql promises.
    edgesFieldOptions: { nullable: { list: false, items: false } },
    nodeFieldOptions: { nullable: false },
    nodesOnConnection: false,
    nodeQueryOptions: {
      description: 'The object with this ID, of whatever type; null where there is none.',
      args: { id: { description: 'The `id` of any object that has one.' } },
      resolve(_root, { id }, _context, { schema }, resolveNode) {
        checkNodeId(schema, id);
        return resolveNode(id);
      },
    },
    nodesQueryOptions: {
      description: `The objects with these IDs, at most ${maxPageSize}, in their order; null where there is none.`,
      args: { ids: { description: 'The `id`s of any objects that have one.' } },
      resolve(_root, { ids }, _context, { schema }, resolveNodes) {
        checkNodeIds(schema, ids);
        return resolveNodes(ids);
      },
    },
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({
      viewer: viewer !== null && includesRole(viewer.role, 'VIEWER'),
      editor: viewer !== null && includesRole(viewer.role, 'EDITOR'),
      admin: viewer !== null && includesRole(viewer.role, 'ADMIN'),
    }),
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, { viewer }, _info, { failure }) =>
      viewer === null ? new UnauthenticatedError() : new ForbiddenError(viewer.role, neededRole(failure)),
  },
  // Results are unions of the object itself and its errors, without a wrapping `data`.
  errors: { directResult: true, defaultTypes: [] },
});

builder.queryType({ description: 'What can be asked.', authScopes: { viewer: true } });
// A mutation is for administrators unless it says otherwise, with `skipTypeScopes`.
builder.mutationType({
  description: 'What can be changed. Expected failures are members of the result union.',
  authScopes: { admin: true },
});
builder.subscriptionType({
  description: 'What can be followed: each sends the current state first, then changes.',
  authScopes: { viewer: true },
});

/** The role that a field needs; null where it did not say so by the name of one. */
function neededRole(failure: AuthFailure): Role | null {
  return highestRole(scopesOf(failure));
}

function scopesOf(failure: AuthFailure): string[] {
  if ('failures' in failure) return failure.failures.flatMap(scopesOf);
  return 'scope' in failure ? [failure.scope] : [];
}
