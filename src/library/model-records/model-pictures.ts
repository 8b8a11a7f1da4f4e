import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Database } from '../../base/database/database.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { tierName } from './image-store.ts';
import { ImageNotFoundError, ModelNotFoundError } from './model-errors.ts';
import { pictureQualities } from './picture-tiers.ts';
import {
  type ImageKey,
  lockImages,
  noteFilesGone,
  readRemovedImages,
  removeImage,
  storeImageOrder,
} from './sql/arrange-images.ts';

/** What people do with the pictures that a model has. */
export interface ModelPictures {
  /** Takes a picture away; its number is not used again. Throws ModelNotFoundError and ImageNotFoundError. */
  remove(sha256: string, seq: number): Promise<void>;
  /** Brings the pictures into that order. Throws ModelNotFoundError, and InvalidInputError unless it names each once. */
  order(sha256: string, seqs: readonly number[]): Promise<void>;
  /** Removes the files of pictures that were taken away a day ago or earlier. */
  resume(): Promise<void>;
}

interface ModelPicturesOptions {
  database: Database;
  /** Path of `data/images`. */
  folder: string;
  log: Pick<Logger, 'warn'>;
  now?: () => Date;
}

/** A backup copies the database first and the files afterwards: those that have a row in the copy stay so long. */
const keptMs = 24 * 60 * 60 * 1000;
const imagesPerStep = 500;

export function createModelPictures(options: ModelPicturesOptions): ModelPictures {
  const { database, folder, log, now = () => new Date() } = options;

  async function dropFiles(): Promise<void> {
    for (;;) {
      const before = new Date(now().getTime() - keptMs);
      const removed = await readRemovedImages(database, before, imagesPerStep);
      for (const image of removed) await dropFilesOf(image);
      await noteFilesGone(database, removed);
      if (removed.length < imagesPerStep) return;
    }
  }

  async function dropFilesOf({ sha256, seq }: ImageKey): Promise<void> {
    for (const quality of pictureQualities) await rm(join(folder, tierName(sha256, seq, quality)), { force: true });
  }

  /** What cannot be removed now is removed at another time. */
  async function tryToDropFiles(): Promise<void> {
    await dropFiles().catch((error: unknown) => log.warn({ err: error }, 'files of removed pictures of models stay'));
  }

  return {
    async remove(sha256, seq) {
      await database.transaction(async (transaction) => {
        const present = await lockImages(transaction, sha256);
        if (present === null) throw new ModelNotFoundError(sha256);
        if (!present.includes(seq)) throw new ImageNotFoundError(`${sha256}_${seq}`);
        await removeImage(transaction, { sha256, seq }, now());
      });
      await tryToDropFiles();
    },
    order(sha256, seqs) {
      return database.transaction(async (transaction) => {
        const present = await lockImages(transaction, sha256);
        if (present === null) throw new ModelNotFoundError(sha256);
        const isWhole = seqs.length === present.length && present.every((seq) => seqs.includes(seq));
        if (!isWhole) {
          const known = present.length === 0 ? 'it has none' : `they are ${present.join(', ')}`;
          throw new InvalidInputError('input.seqs', `Name each picture of the model exactly once: ${known}.`);
        }
        await storeImageOrder(transaction, sha256, seqs, now());
      });
    },
    resume: tryToDropFiles,
  };
}
