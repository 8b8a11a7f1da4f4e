import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { toStorageError } from '../errors/storage-error.ts';

/** Where files are until they are whole. */
export interface IncomingFolder {
  readonly path: string;
  /** Makes the folder; throws StorageError. */
  prepare(): Promise<void>;
  /** What cannot be removed is told to the log, and goes at the next start. */
  remove(path: string): Promise<void>;
  /** Removes what an earlier process left behind. */
  empty(): Promise<void>;
}

export function createIncomingFolder(path: string, log: Pick<Logger, 'warn'>): IncomingFolder {
  async function remove(file: string): Promise<void> {
    await rm(file, { force: true }).catch((error: unknown) => {
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
    async empty() {
      // None is there before the first upload. Other folders, such as that of resumable uploads, look after themselves.
      const names = await readdir(path).catch(() => []);
      for (const name of names) if (name.endsWith('.part')) await remove(join(path, name));
    },
  };
}
