import type { IncomingMessage, ServerResponse } from 'node:http';
import { processRequest, type Upload } from 'graphql-upload-minimal';
import type { GraphQLParams } from 'graphql-yoga';
import { createExpectedFiles } from './expected-files.ts';
import { guardRequest } from './guarded-request.ts';
import { MultipartError } from './multipart-fields.ts';
import { createOperationFields, maxFieldBytes } from './operation-fields.ts';

/**
 * Reads the operation of a GraphQL multipart request. Returns it as soon as its variables refer to the files, which are
 * still to come, and are read as fast as the resolvers take them. Throws MultipartError.
 */
export async function readMultipartOperation(request: IncomingMessage): Promise<GraphQLParams> {
  const files = createExpectedFiles();
  const fields = createOperationFields(files);
  const guarded = guardRequest(request, fields);
  try {
    const uploads = await processRequest(guarded, noResponse, { maxFieldSize: maxFieldBytes });
    files.receive(uploads as unknown as Upload[]);
    return fields.operation();
  } catch (cause) {
    if (cause instanceof MultipartError) throw cause;
    throw new MultipartError(`The header Content-Type is wrong: ${(cause as Error).message}.`, { cause });
  }
}

/** The library would take note of the end of the response, after which nobody opens a file here. */
const noResponse = undefined as unknown as ServerResponse;
