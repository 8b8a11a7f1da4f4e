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
import { exposedHeaders } from '../security-headers.ts';
import { removeAbandonedParts, removePart } from './abandoned-parts.ts';
import type { Ingest } from '../../../library/ingest/ingest.ts';
import type { UploadDetails } from '../../../library/ingest/upload-details.ts';

/** Uploads by the tus protocol 1.0, which go on after a break. A complete one is ingested like any other upload. */
export interface ResumableUploads {
  /** Answers a request for `path` or below it. */
  handle(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): Promise<void>;
  /** Ingests uploads that were complete when an earlier process ended, and from now on removes abandoned ones. */
  resume(): Promise<void>;
  close(): void;
}

interface RequestFacts {
  /** Overrides the name that the client sends; null leaves it. */
  uploadedBy: string | null;
  /** The folder below which the client sees the service: empty, or such as `/shelf`. */
  urlPrefix: string;
}

export interface ResumableUploadsOptions {
  ingest: Pick<Ingest, 'check' | 'adopt'>;
  /** The folder of the parts; it is created here. */
  folder: string;
  /** The path of the URL. */
  path: string;
  maxBytes: number;
  log: Pick<Logger, 'error' | 'info'>;
}

const abandonedAfterMs = 24 * 60 * 60_000;
const checkEveryMs = 60 * 60_000;

export function createResumableUploads(options: ResumableUploadsOptions): ResumableUploads {
  const { ingest, folder, path, maxBytes, log } = options;
  mkdirSync(folder, { recursive: true });
  const datastore = new FileStore({ directory: folder });
  const factsOf = new WeakMap<IncomingMessage, RequestFacts>();
  let timer: NodeJS.Timeout | undefined;

  const server = new Server({
    path,
    datastore,
    maxSize: maxBytes,
    generateUrl: (request, { id }) => `${readFacts(request)?.urlPrefix ?? ''}${path}/${id}`,
    // The host sets the headers of CORS, by its one rule for all routes.
    allowedOrigins: () => false,
    exposedHeaders,
    async onUploadCreate(request, { metadata, size }) {
      ingest.check(detailsOf(metadata), size ?? null);
      const uploadedBy = readFacts(request)?.uploadedBy ?? null;
      return uploadedBy === null ? {} : { metadata: { ...metadata, uploadedBy } };
    },
    async onUploadFinish({ method }, upload) {
      const { item, isStored, duplicateOf } = await finish(upload);
      const id = encodePublicId('MediaItem', item.id);
      const body = { id, isStored, duplicateOf: duplicateOf && encodePublicId('MediaItem', duplicateOf.id) };
      const headers = { 'Content-Type': 'application/json', 'Mediashelf-Item': id };
      // An upload that came whole with its creation (creation-with-upload) is a 201: only that gets the Location.
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

  function readFacts({ runtime }: TusRequest): RequestFacts | undefined {
    return factsOf.get(runtime?.node?.req as IncomingMessage);
  }

  /** Removes the part in any case: a client that asks later must not get the answer that a refused file is complete. */
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
        // An upload from before this process that lacks its bytes or its facts will never be whole.
        return Date.now() - mtimeMs > abandonedAfterMs || (mtimeMs < performance.timeOrigin && !(await isWhole()));
      });
    } catch (error) {
      log.error({ err: error }, 'abandoned uploads could not be removed');
    }
  }

  return {
    handle(request, response, facts) {
      factsOf.set(request, facts);
      return server.handle(request, response);
    },
    async resume() {
      await removeAbandoned();
      await finishComplete();
      timer = setInterval(() => void removeAbandoned(), checkEveryMs).unref();
    },
    close: () => clearInterval(timer),
  };
}

function toAnswer(status: number, code: string, message: string): { status_code: number; body: string } {
  return { status_code: status, body: JSON.stringify({ code, message }) };
}

/** The part of a request of the tus server that leads to Node's own. */
interface TusRequest {
  runtime?: { node?: { req?: unknown } };
}

/** The fields of Upload-Metadata, decoded; a key without a value has null. */
type TusMetadata = Record<string, string | null> | undefined;

/** Returns the details under the same names as the input of the mutation. */
function detailsOf(metadata: TusMetadata): UploadDetails {
  const { category, title, description, uploadedBy, allowDuplicate } = metadata ?? {};
  return { category, title, description, uploadedBy, allowDuplicate: allowDuplicate === 'true' };
}

/** Reads the filename, which some clients send as `filename` and others as `name`. */
function filenameOf(metadata: TusMetadata): string {
  return metadata?.filename ?? metadata?.name ?? '';
}
