import { basename, dirname } from 'node:path';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { MediaEvents } from '../catalogue/media-events.ts';
import type { MediaRecord } from '../catalogue/sql/media-rows.ts';
import { checkDetails, type CheckedDetails, type UploadDetails } from './upload-details.ts';
import { type IncomingFolder, writeUploadNote } from './upload-notes.ts';
import { receiveUpload } from './receive-upload.ts';
import { hashInside } from '../../base/files/hash-inside.ts';
import { FileTooLargeError } from './ingest-errors.ts';
import { resumeUploads } from './resume-uploads.ts';
import { storeReceived, type Received, type StoreOptions } from './store-received.ts';

/** A file that is being sent: nothing of it is read before it is opened. */
interface UploadSource {
  open(): Promise<{ filename: string; stream: Readable }>;
}

interface UploadOutcome {
  /** The new item, or the earlier one of the same bytes where nothing was stored. */
  item: MediaRecord;
  isStored: boolean;
  duplicateOf: MediaRecord | null;
}

/**
 * Takes files into the library, each whole or not at all. Every method throws UnknownCategoryError, InvalidInputError,
 * UnsupportedMediaError, FileTooLargeError, StorageError, BrokenUploadError.
 */
export interface Ingest {
  /** Throws where no file may be sent with these details; `sizeBytes` is null for one whose length is unknown. */
  check(details: UploadDetails, sizeBytes: number | null): void;
  upload(source: UploadSource, details: UploadDetails): Promise<UploadOutcome>;
  /** Takes in a file that has arrived in a folder of its own, which the caller removes. */
  adopt(file: { path: string; filename: string }, details: UploadDetails): Promise<UploadOutcome>;
  /** Takes in what a killed process had received whole; what cannot be taken in is logged. */
  resume(): Promise<void>;
}

export interface IngestOptions extends StoreOptions {
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  findItem(id: number): Promise<MediaRecord | null>;
  incoming: IncomingFolder;
  /** Called with each file that arrived whole, whether it is stored or not. */
  afterReceiving?: (file: { sizeBytes: number }) => void;
  maxBytes: number;
  events: Pick<MediaEvents, 'publish'>;
  /** Called with each item that was stored. They neither delay the answer nor fail the upload. */
  afterUpload: readonly ((item: MediaRecord) => void)[];
  log: Pick<Logger, 'error' | 'info'>;
}

export function createIngest(options: IngestOptions): Ingest {
  const { mediaConfig, findItem, incoming, maxBytes, afterReceiving, events, afterUpload, log } = options;

  return {
    check(details, sizeBytes) {
      checkDetails(mediaConfig, details);
      if (sizeBytes !== null && sizeBytes > maxBytes) throw new FileTooLargeError(maxBytes);
    },
    async upload(source, given) {
      const details = checkDetails(mediaConfig, given);
      await incoming.prepare();
      const { filename, stream } = await source.open();
      const file = await receiveUpload({ stream, folder: incoming.path, maxBytes });
      afterReceiving?.(file);
      try {
        if (options.target.findPlaced) await writeUploadNote(file.path, { filename, details: given });
        return await store({ file, filename, details });
      } finally {
        await incoming.remove(file.path);
      }
    },
    adopt,
    resume: () => resumeUploads({ incoming, adopt, log }),
  };

  async function adopt({ path, filename }: { path: string; filename: string }, given: UploadDetails) {
    const details = checkDetails(mediaConfig, given);
    const file = { path, ...(await hashInside(dirname(path), basename(path))) };
    afterReceiving?.(file);
    return store({ file, filename, details });
  }

  async function store(received: Received & { details: CheckedDetails }): Promise<UploadOutcome> {
    const { id, isStored, duplicateOf } = await storeReceived(options, received);
    const item = await findExisting(id);
    if (isStored) announce(item);
    return { item, isStored, duplicateOf: duplicateOf === null ? null : await findItem(duplicateOf) };
  }

  async function findExisting(id: number): Promise<MediaRecord> {
    const item = await findItem(id);
    if (item === null) throw new Error(`the item ${id} was removed while its upload was being answered`);
    return item;
  }

  function announce(item: MediaRecord): void {
    const publish = () => events.publish({ category: item.rootCategory, added: [item.id] });
    for (const follow of [publish, ...afterUpload]) {
      try {
        follow(item);
      } catch (error) {
        log.error({ err: error, item: item.id }, 'what follows an upload failed');
      }
    }
  }
}
