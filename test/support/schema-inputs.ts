import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { listFields, rootTypes, someId, type FieldOfType } from './schema-operations.ts';

/** An operation as a client sends it. */
export interface SentOperation {
  query: string;
  variables: Record<string, unknown>;
}

/** Somewhere in the arguments of a query, a mutation or a subscription. */
export interface InputPlace extends FieldOfType {
  /** Such as `media.filter.search`. */
  place: string;
  path: readonly string[];
  type: GraphQLInputType;
}

/** Every place below an argument of a root field, at whatever depth. */
export function findInputs(schema: GraphQLSchema): InputPlace[] {
  const fields = rootTypes(schema).flatMap(listFields);
  return fields.flatMap((of) => of.field.args.flatMap(({ name, type }) => inputsBelow(of, [name], type)));
}

function inputsBelow(of: FieldOfType, path: readonly string[], type: GraphQLInputType): InputPlace[] {
  const itself = { ...of, place: [of.field.name, ...path].join('.'), path, type };
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [itself];
  return [
    itself,
    ...Object.values(named.getFields()).flatMap((field) => inputsBelow(of, [...path, field.name], field.type)),
  ];
}

/** Every list that a client can give, with the operation that gives one of so many entries. */
export function findLists(schema: GraphQLSchema) {
  return findInputs(schema)
    .filter(({ type }) => isListType(getNullableType(type)))
    .map((input) => ({
      place: input.place,
      operation: (length: number) => {
        const { ofType } = getNullableType(input.type) as { ofType: GraphQLInputType };
        return operationWith(
          input,
          Array.from({ length }, () => sampleOf(ofType)),
        );
      },
    }));
}

/** The operation that gives one place a value, and all else that it needs a harmless one. */
export function operationWith(
  { owner, field, path, type }: InputPlace,
  value: unknown,
  selection?: string,
): SentOperation {
  const given = field.args.filter((arg) => isNonNullType(arg.type) || arg.name === path[0]);
  const header = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const call = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const below = selection ?? (isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '');
  const variables = Object.fromEntries(
    given.map((arg) => [
      arg.name,
      arg.name === path[0] ? fill(arg.type, path.slice(1), isInList(type, value)) : sampleOf(arg.type),
    ]),
  );
  return { query: `${owner.name.toLowerCase()} (${header}) { ${field.name}(${call}) ${below} }`, variables };
}

function isInList(type: GraphQLInputType, value: unknown): unknown {
  return isListType(getNullableType(type)) && !Array.isArray(value) ? [value] : value;
}

/** A value of the type that has the given one at the end of the path. */
function fill(type: GraphQLInputType, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [fill(nullable.ofType, path, value)];
  if (!isInputObjectType(nullable)) throw new Error(`there is no ${name} in ${String(type)}`);
  const inner = nullable.getFields()[name];
  if (inner === undefined) throw new Error(`there is no ${name} in ${String(type)}`);
  return { ...(sampleOf(nullable) as object), [name]: fill(inner.type, rest, value) };
}

const scalars: Record<string, unknown> = {
  DateTime: '2026-01-01T00:00:00Z',
  Int: 1,
  Boolean: false,
  SafeInt: 1,
  ID: someId,
  Upload: null,
};

function sampleOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOf(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (!isInputObjectType(nullable)) return scalars[nullable.name] ?? 'x';
  const needed = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(needed.map((field) => [field.name, sampleOf(field.type)]));
}
