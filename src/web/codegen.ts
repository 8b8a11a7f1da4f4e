import { pageDocuments } from '../../codegen.ts';

// GraphQL Code Generator wants a default export.
export default pageDocuments();
