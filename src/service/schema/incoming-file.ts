import type { Readable } from 'node:stream';

export interface OpenedUpload {
  /** The filename as the client sent it, without folders before it: it can be empty, or anything else. */
  filename: string;
  /** The stream fails where the request breaks off. A reader that stops before the end destroys it. */
  stream: Readable;
}

/**
 * A value of the scalar `Upload`: a file that is being received. Nothing of it is read before a resolver opens it, so
 * resolvers open files in the order in which they were sent.
 */
export class IncomingFile {
  readonly #open: () => Promise<OpenedUpload>;

  constructor(open: () => Promise<OpenedUpload>) {
    this.#open = open;
  }

  /** Waits until the file is reached in the body of the request. Throws BrokenUploadError where it never is. */
  open(): Promise<OpenedUpload> {
    return this.#open();
  }
}
