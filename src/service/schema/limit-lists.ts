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

/** The most entries of any list that a client sends: no selection, and no page, has more. */
export const maxListLength = 1000;

interface Input {
  name: string;
  type: GraphQLInputType;
}

/**
 * Refuses longer lists among the arguments of any field, before its resolver runs. Lists in a document are bounded by
 * the limit of its tokens, lists in variables only by the size of the body. Lists inside a JSON value are not
 * arguments.
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

/** Throws InvalidInputError with the path of the list, such as `filter.categories`. */
function checkLists(type: GraphQLInputType, value: unknown, path: string): void {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(nullable)) {
    const { length } = value as readonly unknown[];
    if (length > maxListLength) {
      throw new InvalidInputError(path, `\`${path}\` has ${length} entries; at most ${maxListLength} are taken at once.`);
    }
  } else if (isInputObjectType(nullable)) {
    for (const field of Object.values(nullable.getFields())) {
      checkLists(field.type, (value as Record<string, unknown>)[field.name], `${path}.${field.name}`);
    }
  }
}
