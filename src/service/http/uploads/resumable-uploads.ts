import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server, type Upload } from '@tus/server';
import type { Logger } from 'pino';
import { encodePublicId } from '../../../base/public-id.ts';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { domainErrorOf } from '../../../base/errors/domain-error-of.ts';
import { StorageError } from '../../../base/errors/storage-error.ts';
import { removeAbandonedParts, removePart } from './abandoned-parts.ts';
import type { Ingest } from '../../../library/ingest/ingest.ts';
import type { UploadDetails } from '../../../library/ingest/upload-details.ts';

/** Uploads by the tus protocol 1.0, which go on after a break. Each ends in the same way as any other upload. */
export interface ResumableUploads {
  /** Answers a request for `path` or below it. `uploadedBy` counts more than what the client says; null: that counts. */
  handle(request: IncomingMessage, response: ServerResponse, uploadedBy: string | null): Promise<void>;
  /** Takes in what was complete when an earlier process ended, and from now on removes what is abandoned. */
  resume(): Promise<void>;
  close(): void;
}

export interface ResumableUploadsOptions {
  ingest: Pick<Ingest, 'check' | 'adopt'>;
  /** For the parts; made here. */
  folder: string;
  /** Of the URL. */
  path: string;
  maxBytes: number;
  log: Pick<Logger, 'error' | 'info'>;
}

const abandonedAfterMs = 24 * 60 * 60_000;
const lookEveryMs = 60 * 60_000;

export function createResumableUploads(options: ResumableUploadsOptions): ResumableUploads {
  const { ingest, folder, path, maxBytes, log } = options;
  mkdirSync(folder, { recursive: true });
  const datastore = new FileStore({ directory: folder });
  const uploaders = new WeakMap<IncomingMessage, string>();
  let timer: NodeJS.Timeout | undefined;

  const server = new Server({
    path,
    datastore,
    maxSize: maxBytes,
    relativeLocation: true,
    // As everywhere here: pages of other origins neither read nor write.
    allowedOrigins: () => false,
    async onUploadCreate({ runtime }, { metadata, size }) {
      ingest.check(detailsOf(metadata), size ?? null);
      const request = runtime?.node?.req as IncomingMessage | undefined;
      const uploadedBy = request && uploaders.get(request);
      return uploadedBy === undefined ? {} : { metadata: { ...metadata, uploadedBy } };
    },
    async onUploadFinish({ method }, upload) {
      const { item, isStored, duplicateOf } = await finish(upload);
      const id = encodePublicId('MediaItem', item.id);
      const body = { id, isStored, duplicateOf: duplicateOf && encodePublicId('MediaItem', duplicateOf.id) };
      const headers = { 'Content-Type': 'application/json', 'Mediashelf-Item': id };
      // One that came whole with its creation is created (creation-with-upload): only a 201 gets the Location.
      return { status_code: method === 'POST' ? 201 : 200, headers, body: JSON.stringify(body) };
    },
    onResponseError(_request, thrown) {
      const error = domainErrorOf(thrown) ?? thrown;
      if (error instanceof DomainError) return toAnswer(error.httpStatus, error.code, error.message);
      if (!(error instanceof Error)) return undefined;
      log.error({ err: error }, 'a resumable upload failed');
      return toAnswer(500, 'INTERNAL_ERROR', 'The service failed; its log says why.');
    },
  });

  /** Whatever comes of it, nothing is left: a client that asks later must not hear that a refused file is complete. */
  async function finish(upload: Upload) {
    try {
      return await adopt(upload);
    } finally {
      await removePart(join(folder, upload.id));
    }
  }

  function adopt({ id, metadata }: Upload) {
    return ingest.adopt({ path: join(folder, id), filename: filenameOf(metadata) }, detailsOf(metadata));
  }

  async function finishComplete(): Promise<void> {
    for (const id of (await datastore.configstore.list?.()) ?? []) {
      try {
        const upload = await datastore.getUpload(id);
        if (upload.offset !== upload.size) continue;
        const { item } = await adopt(upload);
        await removePart(join(folder, id));
        log.info({ item: item.id }, 'took in an upload that was complete when the service ended');
      } catch (error) {
        log.error({ err: error, id }, 'an upload that was complete when the service ended could not be taken in');
        // A disk may have room, or be mounted, at the next start.
        if (error instanceof DomainError && !(error instanceof StorageError)) await removePart(join(folder, id));
      }
    }
  }

  async function removeAbandoned(): Promise<void> {
    try {
      await removeAbandonedParts(folder, async (_name, { mtimeMs, isWhole }) => {
        // Of one that was begun before this process, a half is all that will ever be.
        return Date.now() - mtimeMs > abandonedAfterMs || (mtimeMs < performance.timeOrigin && !(await isWhole()));
      });
    } catch (error) {
      log.error({ err: error }, 'abandoned uploads could not be removed');
    }
  }

  return {
    handle(request, response, uploadedBy) {
      if (uploadedBy !== null) uploaders.set(request, uploadedBy);
      return server.handle(request, response);
    },
    async resume() {
      await removeAbandoned();
      await finishComplete();
      timer = setInterval(() => void removeAbandoned(), lookEveryMs).unref();
    },
    close: () => clearInterval(timer),
  };
}

function toAnswer(status: number, code: string, message: string): { status_code: number; body: string } {
  return { status_code: status, body: JSON.stringify({ code, message }) };
}

/** The fields of Upload-Metadata, decoded; a key without a value has null. */
type TusMetadata = Record<string, string | null> | undefined;

/** As the mutation has them, by the same names. */
function detailsOf(metadata: TusMetadata): UploadDetails {
  const { category, title, description, uploadedBy, allowDuplicate } = metadata ?? {};
  // Clients send an empty text for a field that nobody filled in.
  return {
    category: category || null,
    title: title || null,
    description: description || null,
    uploadedBy: uploadedBy || null,
    allowDuplicate: allowDuplicate === 'true',
  };
}

/** Clients call it one or the other. */
function filenameOf(metadata: TusMetadata): string {
  return metadata?.filename ?? metadata?.name ?? '';
}
