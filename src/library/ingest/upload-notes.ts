import { mkdir, opendir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { isAbandoned } from '../../base/files/unfinished.ts';
import type { UploadDetails } from './upload-details.ts';
import type { Logger } from 'pino';

/** What has to be known, beside its bytes, to take in a file that has arrived. */
export interface UploadNote {
  filename: string;
  details: UploadDetails;
}

const text = z.string().nullish();
const noteSchema = z.object({
  filename: z.string(),
  details: z.object({
    category: text,
    folder: text,
    title: text,
    description: text,
    uploadedBy: text,
    allowDuplicate: z.boolean().optional(),
  }),
});

/**
 * Writes beside a file that has arrived whole what the client said about it, so that a later process can take it in as
 * this one would have. Throws StorageError.
 */
export async function writeUploadNote(partPath: string, { filename, details }: UploadNote): Promise<void> {
  try {
    await writeFile(notePathOf(partPath), JSON.stringify({ filename, details }), { flag: 'wx' });
  } catch (error) {
    throw toStorageError(error, 'Noting the upload');
  }
}

/** The files that a killed process had received whole, with their notes. A file without a whole note is left out. */
export async function* findNotedUploads(folder: string): AsyncGenerator<UploadNote & { path: string }> {
  const entries = await opendir(folder).catch(() => []); // no upload was ever made
  for await (const { name } of entries) {
    const path = join(folder, name);
    if (!name.endsWith(partEnding) || !(await isAbandoned(path))) continue;
    const note = await readFile(notePathOf(path), 'utf8').then(parseNote, () => null); // it was not whole yet
    if (note !== null) yield { ...note, path };
  }
}

/** Removes a file, and its note where it has one. */
async function removeNoted(path: string): Promise<void> {
  await rm(path, { force: true });
  if (path.endsWith(partEnding)) await rm(notePathOf(path), { force: true });
}

function parseNote(written: string): UploadNote | null {
  try {
    return noteSchema.parse(JSON.parse(written));
  } catch {
    return null; // the process was killed while it wrote it
  }
}

const partEnding = '.part';

function notePathOf(partPath: string): string {
  return `${partPath.slice(0, -partEnding.length)}.json`;
}

/** The folder of uploads until they are placed. */
export interface IncomingFolder {
  readonly path: string;
  /** Makes the folder; throws StorageError. */
  prepare(): Promise<void>;
  /** Removes a file and its note. What cannot be removed is logged, and removed at the next start. */
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
