import type { CodegenConfig } from '@graphql-codegen/cli';
import { typedDocuments, typedOutput } from '../codegen.ts';
import { blocksOf, readDocument } from './docs/read-documents.ts';

const ofTests = typedDocuments('test');

// Apart from those of the service, which is not built again because of a test. A client of its own has what the page for
// those who write clients shows: the compiler reads it with all other sources, as strictly.
const config: CodegenConfig = {
  ...ofTests,
  generates: {
    ...ofTests.generates,
    'test/generated/docs/': typedOutput(blocksOf(readDocument('docs/graphql.md'), 'graphql')),
  },
};
export default config;
