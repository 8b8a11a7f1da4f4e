import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import type { Database } from '../../base/database/database.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { streamToFile } from '../../base/files/stream-to-file.ts';
import { unfinishedName } from '../../base/files/unfinished.ts';
import { FileTooLargeError } from '../ingest/ingest-errors.ts';
import type { ImageStore } from './image-store.ts';
import { UnreadableImageError } from '../../base/errors/domain-error.ts';
import { ModelNotFoundError } from './model-errors.ts';

/** A file that is being sent; nothing of it is read before it is opened. */
interface SentFile {
  open(): Promise<{ stream: Readable }>;
}

/** Takes in pictures of models from clients. */
export interface ModelImageUploads {
  /**
   * Gives the model one more picture, whole or not at all. Throws ModelNotFoundError, UnreadableImageError,
   * FileTooLargeError, StorageError, and the error that ended the request.
   */
  upload(sha256: string, file: SentFile): Promise<{ sha256: string; seq: number }>;
}

interface ModelImageUploadsOptions {
  database: Pick<Database, 'prisma'>;
  images: Pick<ImageStore, 'add' | 'incomingFolder'>;
  maxBytes: number;
}

export function createModelImageUploads({ database, images, maxBytes }: ModelImageUploadsOptions): ModelImageUploads {
  return {
    async upload(sha256, file) {
      const hash = sha256.toLowerCase();
      const model = /^[0-9a-f]{64}$/.test(hash) ? await findModel(database, hash) : null;
      if (model === null) throw new ModelNotFoundError(sha256);
      const name = unfinishedName();
      const path = join(images.incomingFolder, name);
      try {
        const { stream } = await file.open();
        await receive(stream, path, maxBytes);
        const picture = { rootPath: images.incomingFolder, relativePath: name };
        const added = await images.add(hash, picture, `upload:${randomUUID()}`);
        if (added.state === 'unreadable') throw new UnreadableImageError(added.message);
        if (added.state === 'taken') throw new Error('A new name was taken'); // a name of 122 random bits
        return { sha256: hash, seq: added.seq };
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

function findModel({ prisma }: Pick<Database, 'prisma'>, sha256: string) {
  return prisma.model.findUnique({ where: { sha256 }, select: { sha256: true } });
}

async function receive(stream: Readable, path: string, maxBytes: number): Promise<void> {
  let receivedBytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      receivedBytes += chunk.length;
      callback(receivedBytes > maxBytes ? new FileTooLargeError(maxBytes) : null, chunk);
    },
  });
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await streamToFile(path, stream, { through: limit });
  } catch (error) {
    throw toStorageError(error, 'Storing the picture');
  }
}
