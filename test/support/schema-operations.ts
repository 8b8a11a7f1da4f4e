import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { encodePublicId } from '../../src/base/public-id.ts';

export type Field = GraphQLField<unknown, unknown>;

/** A field of an object type. */
export interface FieldOfType {
  owner: GraphQLObjectType;
  field: Field;
}

/** What is no ID at all is refused before anything else is looked at. */
export const someId = encodePublicId('MediaItem', 1_000_000);

export function listFields(owner: GraphQLObjectType): FieldOfType[] {
  return Object.values(owner.getFields()).map((field) => ({ owner, field }));
}

export function rootTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(isObjectType);
}

/** Of every object type, the fields by which a root type leads to it; for the root types themselves none. */
export function findWays(schema: GraphQLSchema): Map<GraphQLObjectType, FieldOfType[]> {
  const ways = new Map<GraphQLObjectType, FieldOfType[]>(rootTypes(schema).map((type) => [type, []]));
  // A map gives also what is added while it is walked: the shortest way comes first.
  for (const [owner, way] of ways) {
    for (const step of listFields(owner)) {
      const type = getNamedType(step.field.type);
      const reached = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
      for (const next of reached) if (!ways.has(next)) ways.set(next, [...way, step]);
    }
  }
  return ways;
}

/** The operation that asks for a field along the way to its type. */
export function toOperation(schema: GraphQLSchema, way: readonly FieldOfType[], asked: FieldOfType): string {
  const path = [...way, asked];
  let selection = toSelection(asked.field);
  for (const [index, { field }] of [...way.entries()].toReversed()) {
    selection = `${toCall(field)} { ... on ${path[index + 1]?.owner.name} { ${selection} } }`;
  }
  const root = path[0]?.owner;
  const kind =
    root === schema.getQueryType() ? 'query' : root === schema.getMutationType() ? 'mutation' : 'subscription';
  return `${kind} ${selection.includes('$file') ? '($file: Upload!) ' : ''}{ ${selection} }`;
}

/** The field with the least that it takes, and the least of what it gives. */
export function toSelection(field: Field): string {
  return `${toCall(field)}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`;
}

function toCall({ name, args }: Field): string {
  const given = args.filter(({ type }) => isNonNullType(type)).map((arg) => `${arg.name}: ${toLiteral(arg.type)}`);
  return `${name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
}

const scalars: Record<string, string> = {
  DateTime: '"2026-01-01T00:00:00Z"',
  Int: '1',
  Boolean: 'false',
  SafeInt: '1',
  ID: JSON.stringify(someId),
  Upload: '$file',
};

function toLiteral(type: GraphQLInputType): string {
  if (isNonNullType(type)) return toLiteral(type.ofType);
  if (isListType(type)) return `[${toLiteral(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (!isInputObjectType(type)) return scalars[type.name] ?? '"x"';
  const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return `{ ${fields.map((field) => `${field.name}: ${toLiteral(field.type)}`).join(', ')} }`;
}
