import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import type { GraphQLParams } from 'graphql-yoga';
import { BrokenUploadError } from '../../../base/errors/domain-error.ts';
import { createExpectedFiles } from './expected-files.ts';
import { MultipartError, MultipartTooLargeError, parseMap, parseOperations, placeFile } from './place-files.ts';

const maxFieldBytes = 1024 * 1024;
const maxParts = 200;
/** Fewer turns of the event loop for each megabyte; it is the most that is held of a file that is read slowly. */
const heldBytes = 256 * 1024;

/**
 * Reads the operation of a GraphQL multipart request. It is given as soon as its files have their places in the
 * variables; they themselves are still to come, and are read as fast as the resolvers take them. Throws MultipartError.
 */
export async function readMultipartOperation(request: IncomingMessage): Promise<GraphQLParams> {
  const parser = createParser(request);
  const files = createExpectedFiles();
  let operation: GraphQLParams | undefined;
  let isMapped = false;

  return new Promise((resolve, reject) => {
    parser.on('field', (name, value, { valueTruncated }) => {
      try {
        if (name !== 'operations' && name !== 'map') return;
        if (valueTruncated)
          throw new MultipartTooLargeError(`The field "${name}" has more than ${maxFieldBytes} bytes.`);
        if (name === 'operations') operation ??= parseOperations(value);
        else if (!isMapped) {
          if (!operation) throw new MultipartError('The field "map" comes before "operations".');
          for (const [file, paths] of parseMap(value)) {
            const incoming = files.expect(file);
            for (const path of paths) placeFile(operation, path, incoming);
          }
          isMapped = true;
          resolve(operation);
        }
      } catch (error) {
        fail(error as MultipartError);
      }
    });
    parser.on('file', (name, stream, { filename }) => {
      // The parser ends it with an error of its own, which must have a listener also while nobody reads it.
      stream.on('error', () => undefined);
      if (isMapped) files.arrive(name, { filename: filename ?? '', stream });
      else fail(new MultipartError('A file comes before the field "map".'));
    });
    parser.once('close', () => {
      reject(new MultipartError(`The field "${operation ? 'map' : 'operations'}" is missing.`));
      files.end(new BrokenUploadError('The map names a file that is not in the request.'));
    });
    // Not once: the parser tells of some faults twice, and an error without a listener ends the process.
    parser.on('error', (cause: Error) =>
      fail(new MultipartError(`The body is no multipart: ${cause.message}.`, { cause })),
    );
    request.once('close', () => {
      if (!request.complete) fail(new MultipartError('The connection ended in the middle of the body.'));
    });
    request.pipe(parser);

    function fail(error: MultipartError): void {
      reject(error);
      files.end(new BrokenUploadError(error.message, { cause: error }));
      request.unpipe(parser);
      // What is still to come would otherwise keep the answer from being read.
      request.resume();
      parser.destroy();
    }
  });
}

function createParser({ headers }: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers,
      // Browsers and curl write names in UTF-8. What is a path, and what is made of it, is decided by who stores the file.
      defParamCharset: 'utf8',
      preservePath: true,
      fileHwm: heldBytes,
      limits: { fieldSize: maxFieldBytes, parts: maxParts },
    });
  } catch (cause) {
    throw new MultipartError(`The header Content-Type is wrong: ${(cause as Error).message}.`, { cause });
  }
}
