import { mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../../../base/files/sync-folder.ts';
import { clearAbandoned, unfinishedName } from '../../../base/files/unfinished.ts';
import type { Logger } from 'pino';

/** What became of a resumable upload: kept for clients that the last answer did not reach. */
export type FinishedUpload = z.infer<typeof noteSchema>;

const noteSchema = z.object({
  size: z.number(),
  /** The fields of Upload-Metadata, decoded. */
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  /** Public IDs. */
  item: z.string(),
  duplicateOf: z.string().nullable(),
  isStored: z.boolean(),
});

/** One small file for each upload, named after its ID, in a folder of its own. */
export interface FinishedUploads {
  find(id: string): Promise<FinishedUpload | null>;
  /** Settles when the note is on the disk. A note that cannot be written is logged: the upload is stored all the same. */
  keep(id: string, upload: FinishedUpload): Promise<void>;
  /** Whether there was a note. */
  forget(id: string): Promise<boolean>;
  /** Removes the notes that are older, and what killed processes left of others. */
  removeOlderThan(ageMs: number): Promise<void>;
}

export function createFinishedUploads(folder: string, log: Pick<Logger, 'warn'>): FinishedUploads {
  mkdirSync(folder, { recursive: true });

  /** Null for what no upload of this service is called: the ID comes out of a URL. */
  const pathOf = (id: string) => (/^[\da-f]{32}$/.test(id) ? join(folder, `${id}.json`) : null);

  return {
    async find(id) {
      const path = pathOf(id);
      const written = path && (await readFile(path, 'utf8').catch(() => null)); // it is not finished
      return written === null ? null : noteSchema.parse(JSON.parse(written));
    },
    async keep(id, upload) {
      const path = pathOf(id);
      if (path === null) return;
      const part = join(folder, `${unfinishedName()}.tmp`);
      try {
        await writeFile(part, JSON.stringify(upload), { flush: true });
        await rename(part, path);
        await syncFolder(folder);
      } catch (error) {
        log.warn({ err: error, id }, 'what became of an upload could not be noted');
        await rm(part, { force: true });
      }
    },
    async forget(id) {
      const path = pathOf(id);
      return path !== null && rm(path).then(yes, no);
    },
    async removeOlderThan(ageMs) {
      await clearAbandoned(folder, log);
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const facts = await stat(path).catch(() => null); // it was removed meanwhile
        if (name.endsWith('.json') && facts !== null && Date.now() - facts.mtimeMs > ageMs)
          await rm(path, { force: true });
      }
    },
  };
}

const yes = () => true;
const no = () => false;
