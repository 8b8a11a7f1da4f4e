import type { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import type { FinishedUploads } from './finished-uploads.ts';

/**
 * Holds the parts of resumable uploads as files. An upload that is finished has no part any more and is still there, with
 * all of its bytes, for a client that the last answer did not reach.
 */
export class ResumableStore extends FileStore {
  readonly #finished: FinishedUploads;

  constructor(directory: string, finished: FinishedUploads) {
    super({ directory });
    this.#finished = finished;
  }

  override async getUpload(id: string): Promise<Upload> {
    const done = await this.#finished.find(id);
    if (done === null) return super.getUpload(id);
    const { size, metadata } = done;
    return new Upload({ id, size, offset: size, ...(metadata && { metadata }) });
  }

  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    if ((await this.#finished.find(id)) === null) return super.write(readable, id, offset);
    // The server lets no byte pass beyond the length of an upload.
    for await (const _chunk of readable);
    return offset;
  }

  override async remove(id: string): Promise<void> {
    if (!(await this.#finished.forget(id))) await super.remove(id);
  }
}
