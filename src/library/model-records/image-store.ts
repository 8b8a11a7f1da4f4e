import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ModelImageProfile } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';
import { takeImageNumber } from './sql/model-images.ts';
import { StorageError, storageErrorCode, toStorageError } from '../../base/errors/storage-error.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { clearAbandoned, unfinishedName } from '../../base/files/unfinished.ts';
import { LostTaskError } from '../../base/errors/domain-error.ts';
import { copyOpenFile } from '../../base/files/stream-to-file.ts';
import { ModelNotFoundError } from './model-errors.ts';
import type { TiersInput, TiersResult } from './make-tiers.task.ts';
import { type PictureFile, pictureQualities, type PictureQuality } from './picture-tiers.ts';

/** The pictures of models, as files below one folder. */
export interface ImageStore {
  readonly folder: string;
  readonly pendingFolder: string;
  /** Folder for unfinished files, on the same file system. */
  readonly incomingFolder: string;
  /**
   * Makes the three sizes of a picture and stores them under the model's next free number, all or none. A picture whose `source`
   * the model has already is left out. Throws ModelNotFoundError; an unreadable picture is a result.
   */
  add(sha256: string, picture: PictureFile, source: string): Promise<AddedImage>;
  /** Stores the original bytes of a pending picture under that name, in place of what is there already. */
  keepPending(name: string, picture: PictureFile): Promise<void>;
  dropPending(name: string): Promise<void>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
}

type AddedImage =
  | { state: 'new'; seq: number }
  | { state: 'taken' }
  | {
      state: 'unreadable';
      code: string;
      message: string;
      /** Whether another attempt would fail too, as the fault is in the bytes of the picture. */
      isLasting: boolean;
    };

interface ImageStoreOptions {
  database: Database;
  pool: { run(name: 'makeTiers', input: TiersInput): Promise<TiersResult> };
  /** Path of `data/images`. */
  folder: string;
  profile(): ModelImageProfile;
  maxPixels: number;
  log: Pick<Logger, 'warn'>;
}

export function createImageStore(options: ImageStoreOptions): ImageStore {
  const { database, pool, folder, profile, maxPixels, log } = options;
  const pendingFolder = join(folder, 'pending');
  // The folder is on the same file system, so that a finished file gets its name by a rename.
  const incoming = join(folder, '.incoming');

  return {
    folder,
    pendingFolder,
    incomingFolder: incoming,
    async add(sha256, source, origin) {
      await mkdir(incoming, { recursive: true });
      const name = unfinishedName();
      const input = { source, folder: incoming, name, profile: profile(), maxPixels };
      try {
        const made = await pool.run('makeTiers', input).catch(describeLostWorker);
        if (!made.ok && made.code === storageErrorCode) throw new StorageError(made.message);
        if (!made.ok) return { state: 'unreadable', code: made.code, message: made.message, isLasting: made.isLasting };
        return await database.transaction(async (transaction) => {
          const taken = await takeImageNumber(transaction, sha256, origin);
          if (taken.state === 'no model') throw new ModelNotFoundError(sha256);
          if (taken.state === 'taken') return taken;
          // The renames come before the commit: files without a row are replaced by the next picture, a row must have files.
          for (const quality of pictureQualities) {
            await rename(join(incoming, `${name}_${quality}.webp`), join(folder, tierName(sha256, taken.seq, quality)));
          }
          return taken;
        });
      } finally {
        await Promise.all(
          pictureQualities.map((quality) => rm(join(incoming, `${name}_${quality}.webp`), { force: true })),
        );
      }
    },

    async keepPending(name, picture) {
      await mkdir(pendingFolder, { recursive: true });
      await mkdir(incoming, { recursive: true });
      const part = join(incoming, unfinishedName());
      const { handle } = await openInside(picture.rootPath, picture.relativePath, picture);
      try {
        await copyOpenFile(handle, part);
        await rename(part, join(pendingFolder, name));
      } catch (error) {
        throw toStorageError(error, 'Storing the picture');
      } finally {
        await handle.close();
        await rm(part, { force: true });
      }
    },

    async dropPending(name) {
      await rm(join(pendingFolder, name), { force: true });
    },

    resume: () => clearAbandoned(incoming, log),
  };
}

/** The name of a picture's file in the store. */
export function tierName(sha256: string, seq: number, quality: PictureQuality): string {
  return `${sha256}_${seq}_${quality}.webp`;
}

/** The result of a lost worker. What it had written is removed with the other unfinished files. */
function describeLostWorker(error: unknown): TiersResult {
  if (!(error instanceof LostTaskError)) throw error;
  return { ok: false, code: error.code, message: error.message, isLasting: false };
}
