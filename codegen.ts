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
  return { documents, preset: 'client', presetConfig: { fragmentMasking: false }, config: types } as const;
}

/**
 * Typed documents of the page: each component names what it needs in a fragment that nobody else can read, and a request
 * names its document by a hash, whose text only the service has.
 */
export function pageDocuments(): CodegenConfig {
  const folder = 'src/web';
  return {
    schema: 'schema/schema.graphql',
    pluckConfig: { gqlMagicComment: 'none' },
    generates: {
      [`${folder}/generated/`]: {
        documents: [`${folder}/**/*.{ts,tsx}`, `!${folder}/generated/**`],
        preset: 'client',
        presetConfig: {
          fragmentMasking: { unmaskFunctionName: 'readFragment' },
          persistedDocuments: { mode: 'replaceDocumentWithHash', hashAlgorithm: 'sha256' },
        },
        config: types,
      },
    },
  };
}

const types = {
  documentMode: 'string',
  useTypeImports: true,
  enumsAsTypes: true,
  defaultScalarType: 'unknown',
  scalars: { DateTime: 'string', SafeInt: 'number', JSON: 'unknown' },
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
} as const;

// Those of the command line.
export default typedDocuments('src/commands');
