import type { IncomingMessage } from 'node:http';
import { PassThrough, pipeline, type Readable, type Writable } from 'node:stream';
import { MultipartError } from './multipart-fields.ts';
import type { OperationFields } from './operation-fields.ts';

type Field = [name: string, text: string, info: { valueTruncated: boolean }];
type File = [name: string, stream: Readable, info: object];

/** With the two fields, these are two hundred parts. */
const maxSentFiles = 198;
/** As much as comes from a socket at once. With a piece on either side of it, a file is held up to four times of it. */
const heldBytes = 64 * 1024;

/**
 * Stands in for a request before graphql-upload-minimal, which listens to its parser and then asks the request to pipe
 * into it. From there on whatever the parser finds comes here first: it reaches the library in a form that it can
 * answer, or ends the reading with a MultipartError.
 */
export function guardRequest(request: IncomingMessage, fields: OperationFields): IncomingMessage {
  const guarded = {
    // The library compares the type letter by letter; HTTP allows capitals, and a space before the semicolon.
    headers: {
      'content-type': request.headers['content-type']?.replace(/^[^;]*/, (type) => type.trim().toLowerCase()),
    },
    pipe(parser: Writable) {
      guardFields(parser, fields);
      guardFiles(parser, fields);
      guardErrors(parser);
      request.once('close', () => {
        if (!request.complete) parser.destroy(new MultipartError('The connection ended in the middle of the body.'));
      });
      return request.pipe(parser);
    },
    unpipe: (parser: Writable) => request.unpipe(parser),
    resume: () => request.resume(),
    // The library asks only for the end of the connection, which the parser is told of above.
    once: () => guarded,
  };
  return guarded as unknown as IncomingMessage;
}

function guardFields(parser: Writable, fields: OperationFields): void {
  const handOn = takeListener(parser, 'field');
  parser.on('field', (...[name, text, info]: Field) => {
    // The rest of a chunk is still told after a fault in it.
    if (parser.destroyed) return;
    try {
      const read = fields.read(name, text, info.valueTruncated);
      if (read !== null) handOn(name, read, info);
    } catch (error) {
      parser.destroy(error as MultipartError);
    }
  });
  // The library reads two fields and no third.
  parser.on('fieldsLimit', () => {
    if (fields.missing()) parser.destroy(new MultipartError('The body has other fields before "map".'));
  });
  parser.on('finish', () => {
    const name = fields.missing();
    if (name) parser.destroy(new MultipartError(`The field "${name}" is missing.`));
  });
}

function guardFiles(parser: Writable, fields: OperationFields): void {
  const handOn = takeListener(parser, 'file');
  const names: string[] = [];
  parser.on('file', (...[name, stream, info]: File) => {
    if (fields.missing()) parser.destroy(new MultipartError('A file comes before the field "map".'));
    // The library would wait for ever for a reader of a second file of one name.
    const isWanted = !parser.destroyed && !names.includes(name) && names.length < maxSentFiles;
    names.push(name);
    if (isWanted) handOn(name, holdingMore(stream), info);
    else stream.on('error', () => undefined).resume();
  });
}

/**
 * The library has its parser hold what Node does by default, 16 KiB: each piece of a file would wait for the one before it
 * to be taken, which costs turns of the event loop.
 */
function holdingMore(stream: Readable): Readable {
  return pipeline(
    stream,
    new PassThrough({ readableHighWaterMark: heldBytes, writableHighWaterMark: 1 }),
    () => undefined,
  );
}

/** Keeps the listener to the end: the parser reports some faults twice, and an unheard error ends the process. */
function guardErrors(parser: Writable): void {
  const handOn = takeListener(parser, 'error');
  parser.on('error', (cause: Error) => {
    handOn(
      cause instanceof MultipartError
        ? cause
        : new MultipartError(`The body is no multipart: ${cause.message}.`, { cause }),
    );
  });
}

/** Takes the one listener of the library from its parser. */
function takeListener(parser: Writable, event: string): (...values: unknown[]) => void {
  const [listener] = parser.listeners(event);
  parser.removeAllListeners(event);
  return listener as (...values: unknown[]) => void;
}
