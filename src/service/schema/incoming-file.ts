import type { Readable } from 'node:stream';

export interface OpenedUpload {
  /** As the client wrote it: it can be empty, a path, or anything else. */
  filename: string;
  /** Breaks off with an error where the request does. Whoever leaves before its end destroys it. */
  stream: Readable;
}

/**
 * A value of the scalar `Upload`: a file that is on its way. Nothing of it is read before a resolver opens it, so files
 * are opened in the order in which they were sent.
 */
export class IncomingFile {
  readonly #open: () => Promise<OpenedUpload>;

  constructor(open: () => Promise<OpenedUpload>) {
    this.#open = open;
  }

  /** Waits until the request's body has come to the file. Throws BrokenUploadError where it never does. */
  open(): Promise<OpenedUpload> {
    return this.#open();
  }
}
