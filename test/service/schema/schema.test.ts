import { readFile } from 'node:fs/promises';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isInterfaceType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLNamedType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/service/schema/schema.ts';

it('is the one that is committed; run `npm run schema` after a change', async () => {
  const committed = await readFile('schema/schema.graphql', 'utf8');
  expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toBe(committed);
});

it('describes every type, field, argument and value, except those that Relay defines', () => {
  const described = Object.values(schema.getTypeMap()).flatMap(listPlaces);
  expect(described.length).toBeGreaterThan(200);
  expect(described.filter(({ description }) => !description?.trim()).map(({ place }) => place)).toEqual([]);
});

it('has connections by the specification of Relay', () => {
  const connections = Object.values(schema.getTypeMap()).filter(({ name }) => name.endsWith('Connection'));
  expect(connections.map(({ name }) => name).toSorted()).toEqual([
    'DuplicateGroupConnection',
    'ImageProxyPlanConnection',
    'JobConnection',
    'JobItemErrorConnection',
    'MediaFolderConnection',
    'MediaGroupConnection',
    'MediaItemConnection',
    'ModelConnection',
    'PendingImportConnection',
    'ScanPlanConnection',
  ]);
  for (const connection of connections) {
    if (!isObjectType(connection)) throw new Error(`${connection.name} is no object type`);
    const { edges, pageInfo } = connection.getFields();
    const edge = getNamedType(edges?.type);
    expect([String(edges?.type), String(pageInfo?.type)]).toEqual([`[${edge?.name}!]!`, 'PageInfo!']);
    expect(isObjectType(edge) && Object.keys(edge.getFields())).toEqual(['cursor', 'node']);
  }
});

interface Place {
  place: string;
  description: string | null | undefined;
}

const relayTypes = /^(?:Node|PageInfo|.*Connection|.*Edge)$/;
const relayMembers = /^(?:id|edges|pageInfo|cursor|node|has(?:Next|Previous)Page|(?:start|end)Cursor)$/;
const pagingArguments = new Set(['first', 'after', 'last', 'before']);

function listPlaces(type: GraphQLNamedType): Place[] {
  if (isIntrospectionType(type) || isSpecifiedScalarType(type)) return [];
  const isRelay = relayTypes.test(type.name);
  const itself = isRelay ? [] : [{ place: type.name, description: type.description }];
  return [...itself, ...listMembers(type).filter(({ name }) => !(isRelay && relayMembers.test(name)))];
}

function listMembers(type: GraphQLNamedType): (Place & { name: string })[] {
  const toPlace = ({ name, description }: { name: string; description?: string | null | undefined }) => ({
    name,
    place: `${type.name}.${name}`,
    description,
  });
  if (isEnumType(type)) return type.getValues().map(toPlace);
  if (isInputObjectType(type)) return Object.values(type.getFields()).map(toPlace);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const own = field.args.filter(({ name }) => !pagingArguments.has(name));
    const members = own.map(({ name, description }) => toPlace({ name: `${field.name}.${name}`, description }));
    // Relay's Node defines what an `id` is.
    return field.name === 'id' ? members : [toPlace(field), ...members];
  });
}
