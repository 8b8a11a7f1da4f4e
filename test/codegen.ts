import { typedDocuments } from '../codegen.ts';

// Apart from those of the service, which is not built again because of a test.
export default typedDocuments('test');
