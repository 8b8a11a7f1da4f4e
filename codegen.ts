import type { CodegenConfig } from '@graphql-codegen/cli';

// Typed documents for the service's own clients: the command line and the tests.
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: ['src/commands/**/*.ts', 'test/**/*.ts'],
  ignoreNoDocuments: true,
  generates: {
    'src/generated/': {
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
    },
  },
};

export default config;
