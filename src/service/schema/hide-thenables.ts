import { defaultFieldResolver, getNamedType, isObjectType, type GraphQLSchema } from 'graphql';

/**
 * Lets JSON values have the name `then`. Yoga's executor takes whatever has that name, of any kind, for a promise, both what
 * a resolver returns and what the scalar makes of it, and a page with such a value failed as a whole.
 */
export function hideThenables(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      if (getNamedType(field.type).name !== 'JSON') continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (...given) => {
        const resolved: unknown = resolve(...given);
        return resolved instanceof Promise ? resolved.then(hideThen) : hideThen(resolved);
      };
    }
  }
  return schema;
}

function hideThen(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'then' in value ? new WrittenValue(value) : value;
}

/** Shows its value only where it is written as JSON, as every answer is in the end. */
class WrittenValue {
  readonly #value: object;

  constructor(value: object) {
    this.#value = value;
  }

  toJSON(): object {
    return this.#value;
  }
}
