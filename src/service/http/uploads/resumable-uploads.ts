import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { ERRORS, Server, type Upload } from '@tus/server';
import type { Logger } from 'pino';
import { createLocalLeases } from '../../../base/bus/leases.ts';
import type { Peers } from '../../../base/bus/open-peers.ts';
import { encodePublicId } from '../../../base/public-id.ts';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { domainErrorOf } from '../../../base/errors/domain-error-of.ts';
import { StorageError } from '../../../base/errors/storage-error.ts';
import { exposedHeaders } from '../security-headers.ts';
import { removeAbandonedParts, removePart } from './abandoned-parts.ts';
import { expectRoom } from './expect-room.ts';
import { createFinishedUploads, type FinishedUpload } from './finished-uploads.ts';
import { takeToFinish, tryToFinish } from './finish-lease.ts';
import { ResumableStore } from './resumable-store.ts';
import { createSharedLocker } from './shared-locker.ts';
import type { Ingest } from '../../../library/ingest/ingest.ts';
import type { UploadDetails } from '../../../library/ingest/upload-details.ts';

/**
 * Uploads by the tus protocol 1.0, which go on after a break. A complete one is ingested like any other upload, and known
 * for a day: a client that the last answer did not reach asks where to go on, and is told that all is there, and the item.
 */
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
  /** The folder of notes about uploads that are done; it is created here. */
  finishedFolder: string;
  /** The path of the URL. */
  path: string;
  maxBytes: number;
  log: Pick<Logger, 'error' | 'info' | 'warn'>;
  /** How nodes that have the same folders agree on who has an upload. Absent: this process is alone. */
  peers?: Pick<Peers, 'bus' | 'leases'>;
}

/** The time for which a part waits for more bytes, and for which it is known what became of an upload. */
const abandonedAfterMs = 24 * 60 * 60_000;
const checkEveryMs = 60 * 60_000;

export function createResumableUploads(options: ResumableUploadsOptions): ResumableUploads {
  const { ingest, folder, finishedFolder, path, maxBytes, log, peers } = options;
  const leases = peers?.leases ?? createLocalLeases();
  mkdirSync(folder, { recursive: true });
  const finished = createFinishedUploads(finishedFolder, log);
  const datastore = new ResumableStore(folder, finished);
  /** Uploads whose last byte has come, until it is known what became of them. */
  const finishing = new Map<string, Promise<FinishedUpload>>();
  const factsOf = new WeakMap<IncomingMessage, RequestFacts>();
  let timer: NodeJS.Timeout | undefined;

  const server = new Server({
    path,
    datastore,
    maxSize: maxBytes,
    ...(peers?.bus.reachesOthers && { locker: createSharedLocker(peers) }),
    generateUrl: (request, { id }) => `${readFacts(request)?.urlPrefix ?? ''}${path}/${id}`,
    // The host sets the headers of CORS, by its one rule for all routes.
    allowedOrigins: () => false,
    exposedHeaders,
    async onUploadCreate(request, { metadata, size }) {
      ingest.check(detailsOf(metadata), size ?? null);
      await expectRoom(folder, size ?? 0);
      const uploadedBy = readFacts(request)?.uploadedBy ?? null;
      return uploadedBy === null ? {} : { metadata: { ...metadata, uploadedBy } };
    },
    async onIncomingRequest({ method, runtime }, id) {
      await finishing.get(id)?.catch(() => undefined); // whoever sent the last byte hears
      const done = method === 'HEAD' ? await finished.find(id) : null;
      const response = runtime?.node?.res as ServerResponse | undefined;
      if (done !== null) for (const header of Object.entries(outcomeHeaders(done))) response?.setHeader(...header);
    },
    async onUploadFinish({ method }, upload) {
      const done = await finishOnce(upload);
      const headers = outcomeHeaders(done);
      // The protocol wants a PATCH to be answered with 204, which has no body.
      if (method !== 'POST') return { headers };
      const { item: id, isStored, duplicateOf } = done;
      // An upload that came whole with its creation (creation-with-upload) is a 201: only that gets the Location.
      const body = JSON.stringify({ id, isStored, duplicateOf });
      return { status_code: 201, headers: { ...headers, 'Content-Type': 'application/json' }, body };
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

  /** The server has let go of its lock by now: other requests for the same upload may come. */
  function finishOnce(upload: Upload): Promise<FinishedUpload> {
    const { id } = upload;
    const running = finishing.get(id);
    if (running) return running;
    const finish = finishNow(upload).finally(() => finishing.delete(id));
    finishing.set(id, finish);
    return finish;
  }

  /** Removes the part in any case: a client that asks later must not get the answer that a refused file is complete. */
  async function finishNow(upload: Upload): Promise<FinishedUpload> {
    const { id } = upload;
    const lease = await takeToFinish(leases, id);
    try {
      const done = await finished.find(id);
      if (done !== null) return done;
      // Another node refused it meanwhile.
      if (!(await isThere(join(folder, id)))) throw ERRORS.FILE_NOT_FOUND;
      return await adopt(upload);
    } finally {
      await removePart(join(folder, id));
      await lease.release();
    }
  }

  /** Notes the outcome before the part is removed, so that a kill in between does not make a client send it again. */
  async function adopt({ id, metadata, size = 0 }: Upload): Promise<FinishedUpload> {
    const file = { path: join(folder, id), filename: filenameOf(metadata) };
    const { item, duplicateOf, isStored } = await ingest.adopt(file, detailsOf(metadata));
    const done = {
      size,
      ...(metadata && { metadata }),
      item: encodePublicId('MediaItem', item.id),
      duplicateOf: duplicateOf && encodePublicId('MediaItem', duplicateOf.id),
      isStored,
    };
    await finished.keep(id, done);
    return done;
  }

  async function finishComplete(): Promise<void> {
    for (const id of (await datastore.configstore.list?.()) ?? []) {
      // Another node may be about to store it.
      const lease = await tryToFinish(leases, id);
      if (lease === null) continue;
      try {
        const upload = await datastore.getUpload(id);
        if (upload.offset !== upload.size) continue;
        const { item } = (await finished.find(id)) ?? (await adopt(upload));
        await removePart(join(folder, id));
        log.info({ item }, 'took in an upload that was complete when the service ended');
      } catch (error) {
        log.error({ err: error, id }, 'an upload that was complete when the service ended could not be taken in');
        // A disk may have room, or be mounted, at the next start.
        if (error instanceof DomainError && !(error instanceof StorageError)) await removePart(join(folder, id));
      } finally {
        await lease.release();
      }
    }
  }

  async function removeAbandoned(): Promise<void> {
    try {
      await finished.removeOlderThan(abandonedAfterMs);
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

/** What a client learns of its upload, with the last answer or later. */
function outcomeHeaders({ item, isStored, duplicateOf }: FinishedUpload): Record<string, string> {
  return {
    'Mediashelf-Item': item,
    'Mediashelf-Stored': String(isStored),
    ...(duplicateOf !== null && { 'Mediashelf-Duplicate-Of': duplicateOf }),
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
  const { category, folder, title, description, uploadedBy, allowDuplicate } = metadata ?? {};
  return { category, folder, title, description, uploadedBy, allowDuplicate: allowDuplicate === 'true' };
}

/** Reads the filename, which some clients send as `filename` and others as `name`. */
function filenameOf(metadata: TusMetadata): string {
  return metadata?.filename ?? metadata?.name ?? '';
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
