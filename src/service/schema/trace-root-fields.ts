import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Tracing } from '../../base/observability/tracing.ts';

/** Gives each field of the schema's root types a span of its own where the operation is traced. */
export function traceRootFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: { tracing?: Tracing | null }, info) => {
        const { tracing } = context;
        if (!tracing) return resolve(source, args, context, info);
        const attributes = { 'graphql.field.name': info.fieldName };
        return tracing.span(`resolve ${info.fieldName}`, 'internal', attributes, async () =>
          resolve(source, args, context, info),
        );
      };
    }
  }
  return schema;
}
