import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../base/files/sync-folder.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { isAbandoned, unfinishedName } from '../../base/files/unfinished.ts';

/** The folder with the proxies' files. */
export interface ProxyFiles {
  readonly folder: string;
  /** A path for a file that is being written; by its name an abandoned one is recognised. */
  newTemporaryPath(): Promise<string>;
  /**
   * Puts finished files under their names, in place of older ones, and flushes them to the disk. Returns the names that
   * failed, each with its error.
   */
  publish(files: readonly { temporaryPath: string; filename: string }[]): Promise<Map<string, unknown>>;
  discard(temporaryPath: string): Promise<void>;
  /** Whether the file is there and has that size. */
  holds(proxy: { filename: string; sizeBytes: number }): Promise<boolean>;
  /** Throws StorageError. */
  remove(filenames: readonly string[]): Promise<void>;
  /**
   * What lies in the folder: proxies, and files that a process began to write and abandoned. Folders, such as those of file
   * systems and of indexers, are left out. Throws StorageError.
   */
  list(): AsyncGenerator<ListedFile>;
  /** Milliseconds since a file was put under its name; 0 where it is not there any more. */
  ageMs(filename: string): Promise<number>;
}

export interface ListedFile {
  filename: string;
  /** Whether the process that began it has ended. */
  isAbandoned: boolean;
}

const temporaryPrefix = '.rendering-';

export function createProxyFiles(folder: string): ProxyFiles {
  return {
    folder,
    async newTemporaryPath() {
      try {
        // The folder is made each time: somebody may clear the data away while the service runs.
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw toStorageError(error, 'Making the folder of the proxies');
      }
      return join(folder, temporaryPrefix + unfinishedName());
    },
    async publish(files) {
      const failures = new Map<string, unknown>();
      const publishOne = async ({ temporaryPath, filename }: (typeof files)[number]) => {
        try {
          await settle(temporaryPath);
          await rename(temporaryPath, join(folder, filename));
        } catch (error) {
          failures.set(filename, toStorageError(error, 'Putting the proxy into place'));
          await rm(temporaryPath, { force: true });
        }
      };
      await Promise.all(files.map(publishOne));
      // The new names must survive a power cut before a row has them.
      await syncFolder(folder);
      return failures;
    },
    discard: (temporaryPath) => rm(temporaryPath, { force: true }),
    async holds({ filename, sizeBytes }) {
      const stats = await stat(join(folder, filename)).catch(() => null); // it is not there, or out of reach
      return stats?.size === sizeBytes;
    },
    async remove(filenames) {
      try {
        await Promise.all(filenames.map((filename) => rm(join(folder, filename), { force: true })));
      } catch (error) {
        throw toStorageError(error, 'Removing what is left of image proxies');
      }
    },
    async *list() {
      const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []; // nothing was ever made
        throw toStorageError(error, 'Looking through the folder of the proxies');
      });
      for (const entry of entries) {
        const { name: filename } = entry;
        if (!entry.isFile()) continue;
        if (!filename.startsWith(temporaryPrefix)) yield { filename, isAbandoned: false };
        else if (await isAbandoned(join(folder, filename))) yield { filename, isAbandoned: true };
      }
    },
    async ageMs(filename) {
      const stats = await stat(join(folder, filename)).catch(() => null); // removed meanwhile
      return stats === null ? 0 : Date.now() - stats.mtimeMs;
    },
  };
}

/** Gives the file the time of its publication, as renders wait for each other, and flushes it. */
async function settle(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    const now = new Date();
    await handle.utimes(now, now);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
