import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { LengthMismatchError } from '../../../library/delivery/delivery-errors.ts';

const listeners = new WeakMap<ServerResponse, (bytes: number) => void>();

/** Has the bytes of a response's body counted, as far as they are streamed. */
export function countSentBytes(response: ServerResponse, listener: (bytes: number) => void): void {
  listeners.set(response, listener);
}

/** What hears of the bytes that are sent with it. */
function sentBytesListener(response: ServerResponse): ((bytes: number) => void) | undefined {
  return listeners.get(response);
}

interface ResponseSinkOptions {
  /** As Content-Length has announced it; null where it has not, and the source itself tells whether it is whole. */
  sizeBytes: number | null;
  recycle: ((chunk: Buffer) => void) | undefined;
}

/**
 * The client's end of a pipeline. It takes one chunk at a time and says it is done with it, through `recycle`, when the
 * kernel has it: the response by itself asks for more as long as its buffers, which are as large as the server was told
 * to make them, have room. Whatever breaks the pipeline breaks the connection, and so does a source that gives more or
 * less than was announced: the client sees that its body is incomplete.
 */
export function createResponseSink(response: ServerResponse, { sizeBytes, recycle }: ResponseSinkOptions): Writable {
  let writtenBytes = 0;
  const tell = sentBytesListener(response);
  return new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, callback) {
      writtenBytes += chunk.length;
      if (sizeBytes !== null && writtenBytes > sizeBytes) {
        callback(new LengthMismatchError(sizeBytes, writtenBytes));
        return;
      }
      // What is recycled may be in use again.
      const sentBytes = chunk.length;
      response.write(chunk, (error) => {
        // After a failed write the system may still hold the memory.
        if (!error) recycle?.(chunk);
        if (!error) tell?.(sentBytes);
        callback(error);
      });
    },
    final(callback) {
      if (sizeBytes !== null && writtenBytes < sizeBytes) callback(new LengthMismatchError(sizeBytes, writtenBytes));
      else response.end(() => callback());
    },
    destroy(error, callback) {
      // Without the error: Node would report it once more, as the client's.
      if (error) response.destroy();
      callback(error);
    },
  });
}
