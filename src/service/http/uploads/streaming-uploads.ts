import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import type { GraphQLParams } from 'graphql-yoga';
import { BrokenUploadError } from '../../../base/errors/domain-error.ts';
import { createExpectedFiles } from './expected-files.ts';
import { insertFile, MultipartError, MultipartTooLargeError, parseMap, parseOperations } from './multipart-fields.ts';

const maxFieldBytes = 1024 * 1024;
const maxParts = 200;
/**
 * The most that is held of a file that is read slowly. A large buffer needs fewer turns of the event loop for each
 * megabyte.
 */
const heldBytes = 256 * 1024;

/**
 * Reads the operation of a GraphQL multipart request. Returns it as soon as its variables refer to the files, which are
 * still to come, and are read as fast as the resolvers take them. Throws MultipartError.
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
            for (const path of paths) insertFile(operation, path, incoming);
          }
          isMapped = true;
          resolve(operation);
        }
      } catch (error) {
        fail(error as MultipartError);
      }
    });
    parser.on('file', (name, stream, { filename }) => {
      // The parser may end the stream with an error, which needs a listener also while nobody reads the stream.
      stream.on('error', () => undefined);
      if (isMapped) files.arrive(name, { filename: filename ?? '', stream });
      else fail(new MultipartError('A file comes before the field "map".'));
    });
    parser.once('close', () => {
      reject(new MultipartError(`The field "${operation ? 'map' : 'operations'}" is missing.`));
      files.end(new BrokenUploadError('The map names a file that is not in the request.'));
    });
    // The listener stays: the parser reports some faults twice, and an error without a listener ends the process.
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
      // The rest of the body is read away, or it would keep the client from reading the answer.
      request.resume();
      parser.destroy();
    }
  });
}

function createParser({ headers }: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers,
      // Browsers and curl write names in UTF-8. Whoever stores the file decides what to do with a path in its name.
      defParamCharset: 'utf8',
      preservePath: true,
      fileHwm: heldBytes,
      limits: { fieldSize: maxFieldBytes, parts: maxParts },
    });
  } catch (cause) {
    throw new MultipartError(`The header Content-Type is wrong: ${(cause as Error).message}.`, { cause });
  }
}
