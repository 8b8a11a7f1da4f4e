import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents of the operations in a folder, for the service's own clients there, in its folder `generated`. */
export function typedDocuments(folder: string): CodegenConfig {
  return {
    schema: 'schema/schema.graphql',
    // Only what is given to graphql(): other operations have no types.
    pluckConfig: { gqlMagicComment: 'none' },
    generates: {
      [`${folder}/generated/`]: typedOutput([`${folder}/**/*.ts`, `!${folder}/generated/**`]),
    },
  };
}

/** Typed documents of operations: patterns of files that hold them, or their texts. */
export function typedOutput(documents: string[]) {
  return {
    documents,
    preset: 'client',
    presetConfig: { fragmentMasking: false },
    config: {
      documentMode: 'string',
      useTypeImports: true,
      enumsAsTypes: true,
      defaultScalarType: 'unknown',
      scalars: { DateTime: 'string', SafeInt: 'number', JSON: 'unknown' },
      emitLegacyCommonJSImports: false,
      importExtension: '.ts',
    },
  } as const;
}

// Those of the command line.
export default typedDocuments('src/commands');
