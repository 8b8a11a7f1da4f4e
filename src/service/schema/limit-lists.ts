import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { InvalidInputError } from '../../base/errors/domain-error.ts';

/** As much as a client may name at once, wherever it gives a list: no selection, and no page, has more. */
export const maxListLength = 1000;

interface Input {
  name: string;
  type: GraphQLInputType;
}

/**
 * Refuses longer lists among the arguments of any field, before its resolver runs. Those inside a document are bounded
 * by its tokens, those of the variables by nothing but the size of the body. What is inside a JSON value is no argument.
 */
export function limitLists(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const lists = field.args.filter(hasList);
      if (lists.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args: Record<string, unknown>, context, info) => {
        for (const { name, type: argumentType } of lists) checkLists(argumentType, args[name], name);
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}

function hasList({ type }: Input): boolean {
  const named = getNamedType(type);
  return (
    isListType(getNullableType(type)) || (isInputObjectType(named) && Object.values(named.getFields()).some(hasList))
  );
}

/** Throws InvalidInputError with the way to the list, such as `filter.categories`. */
function checkLists(type: GraphQLInputType, value: unknown, way: string): void {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(nullable)) {
    const { length } = value as readonly unknown[];
    if (length > maxListLength) {
      throw new InvalidInputError(way, `\`${way}\` has ${length} entries; at most ${maxListLength} are taken at once.`);
    }
  } else if (isInputObjectType(nullable)) {
    for (const field of Object.values(nullable.getFields())) {
      checkLists(field.type, (value as Record<string, unknown>)[field.name], `${way}.${field.name}`);
    }
  }
}
