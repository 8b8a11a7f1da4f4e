import { escapeName } from '../../base/files/escape-name.ts';
import { basename } from 'node:path';
import type { Logger } from 'pino';
import { StorageError } from '../../base/errors/storage-error.ts';
import { removeAbandoned } from '../../base/files/unfinished.ts';
import { findNotedUploads, type IncomingFolder } from './upload-notes.ts';
import type { UploadDetails } from './upload-details.ts';

interface ResumeOptions {
  incoming: Pick<IncomingFolder, 'path' | 'remove'>;
  adopt(file: { path: string; filename: string }, details: UploadDetails): Promise<{ item: { id: number } }>;
  log: Pick<Logger, 'error' | 'info'>;
}

/**
 * Takes in the uploads that a killed process had received whole, and removes the rest of what it left. Their clients got
 * no answer; whoever sends one again gets the item. An upload that its disk does not take now waits for the next start.
 */
export async function resumeUploads({ incoming, adopt, log }: ResumeOptions): Promise<void> {
  const waiting: string[] = [];
  for await (const { path, filename, details } of findNotedUploads(incoming.path)) {
    try {
      const { item } = await adopt({ path, filename }, details);
      await incoming.remove(path);
      log.info({ item: item.id }, 'took in an upload that had arrived when the service ended');
    } catch (error) {
      log.error(
        { err: error, filename: escapeName(filename) },
        'an upload that had arrived when the service ended could not be taken in',
      );
      if (error instanceof StorageError) waiting.push(basename(path, '.part'));
      else await incoming.remove(path);
    }
  }
  await removeAbandoned(incoming.path, (name) => !waiting.some((stem) => name.startsWith(stem))).catch(
    (error: unknown) => log.error({ err: error }, 'what was left of uploads could not be removed'),
  );
}
