import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { LengthMismatchError } from '../../../library/delivery/delivery-errors.ts';

const listeners = new WeakMap<ServerResponse, (bytes: number) => void>();

/** Calls the listener with the number of bytes whenever some of a streamed response were sent. */
export function countSentBytes(response: ServerResponse, listener: (bytes: number) => void): void {
  listeners.set(response, listener);
}

/** Tells the listener of a body that is sent in one piece, once the system has it. */
export function reportWhenSent(response: ServerResponse, bytes: number): void {
  const reportSent = listeners.get(response);
  if (reportSent !== undefined) response.once('finish', () => reportSent(bytes));
}

interface ResponseSinkOptions {
  /** The announced Content-Length; null where none was, and only the source knows whether it is complete. */
  sizeBytes: number | null;
  recycle: ((chunk: Buffer) => void) | undefined;
}

/**
 * Creates the client's end of a pipeline. It takes one chunk at a time, and returns it through `recycle` when the
 * kernel has it: the response by itself would ask for more as long as its buffers have room, and those are as large as
 * the server is set to make them. Whatever breaks the pipeline breaks the connection, and so does a source that gives
 * more or less than was announced: the client sees that its body is incomplete.
 */
export function createResponseSink(response: ServerResponse, { sizeBytes, recycle }: ResponseSinkOptions): Writable {
  let writtenBytes = 0;
  const reportSent = listeners.get(response);
  return new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, callback) {
      writtenBytes += chunk.length;
      if (sizeBytes !== null && writtenBytes > sizeBytes) {
        callback(new LengthMismatchError(sizeBytes, writtenBytes));
        return;
      }
      // The length is read now: a recycled chunk may be in use again.
      const sentBytes = chunk.length;
      response.write(chunk, (error) => {
        // After a failed write the system may still hold the memory.
        if (!error) recycle?.(chunk);
        if (!error) reportSent?.(sentBytes);
        callback(error);
      });
    },
    final(callback) {
      if (sizeBytes !== null && writtenBytes < sizeBytes) callback(new LengthMismatchError(sizeBytes, writtenBytes));
      else response.end(() => callback());
    },
    destroy(error, callback) {
      // The response is destroyed without the error, which Node would report once more, as the client's.
      if (error) response.destroy();
      callback(error);
    },
  });
}
