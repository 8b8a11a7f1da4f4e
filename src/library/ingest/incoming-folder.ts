import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { removeNoted } from './upload-notes.ts';

/** Where files are until they are whole. */
export interface IncomingFolder {
  readonly path: string;
  /** Makes the folder; throws StorageError. */
  prepare(): Promise<void>;
  /** Removes a file and what was noted of it. What cannot be removed is told to the log, and goes at the next start. */
  remove(path: string): Promise<void>;
}

export function createIncomingFolder(path: string, log: Pick<Logger, 'warn'>): IncomingFolder {
  async function remove(file: string): Promise<void> {
    await removeNoted(file).catch((error: unknown) => {
      log.warn({ err: error }, 'an upload that is done with could not be removed');
    });
  }
  return {
    path,
    remove,
    async prepare() {
      try {
        await mkdir(path, { recursive: true });
      } catch (error) {
        throw toStorageError(error, 'Making the folder for uploads');
      }
    },
  };
}
