import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { AroundRequest } from '../../base/observability/observe.ts';
import type { Dispatcher } from 'undici';
import { createAvailability, type CopypartyState } from './availability.ts';
import { toCopypartyAddress, type CopypartyQuery } from './copyparty-address.ts';
import { UpstreamRefusedError, UpstreamTimeoutError, UpstreamUnreachableError } from './copyparty-errors.ts';
import { createRefusalGuard } from './refusal-guard.ts';
import { isClosedConnection, toUpstreamError } from './to-upstream-error.ts';
import { createUpstreamConnections } from './upstream-connections.ts';
import { exchange } from './upstream-exchange.ts';
import type { UpstreamResponse } from './upstream-response.ts';

/**
 * The file server behind the service. Paths are copyparty's own, unescaped, and begin with a slash. Every call rejects
 * with an UpstreamError where there is no answer, with PathOutsideRootError for a path that is none, and with the
 * signal's reason once that is aborted, which also ends a body that is being read.
 */
export interface Copyparty {
  get(path: string, request: UpstreamGet): Promise<UpstreamResponse>;
  /** Only for files: to a HEAD of an archive, copyparty answers with all of its body. */
  head(path: string, request: { signal: AbortSignal }): Promise<UpstreamResponse>;
  /** Sends a form to a folder. */
  post(path: string, request: UpstreamPost): Promise<UpstreamResponse>;
  /** Removes a file. */
  delete(path: string, request: { signal: AbortSignal }): Promise<UpstreamResponse>;
  /** Stores a file, under another name where there is one already; the header Location has the name. */
  put(path: string, request: UpstreamPut): Promise<UpstreamResponse>;
  state(): CopypartyState;
  /** Ends the requests under way. */
  close(): Promise<void>;
}

/** All that can get through of a client's request: none of its headers, nothing of its query. */
interface UpstreamGet {
  query?: CopypartyQuery;
  /** Bytes from 0, both ends included; `end` is null for the end of the file. */
  range?: { start: number; end: number | null };
  signal: AbortSignal;
}

interface UpstreamPost {
  query?: CopypartyQuery;
  contentType: string;
  body: Buffer;
  signal: AbortSignal;
}

interface UpstreamPut {
  body: Readable;
  sizeBytes: number;
  signal: AbortSignal;
}

interface CopypartyTimeouts {
  connectMs: number;
  /** Time from the request to the first byte of the answer. */
  firstByteMs: number;
  /** Time between two pieces of a body, while somebody wants to read it. */
  stallMs: number;
}

export interface CopypartyOptions {
  /** Has a path where copyparty does not stand at its host's root. */
  url: string;
  password?: string | undefined;
  timeouts: CopypartyTimeouts;
  /** Interval of health checks while it is down. */
  retryMs?: number;
  log: Pick<Logger, 'info' | 'warn'>;
  aroundRequest?: AroundRequest;
}

export function createCopyparty(options: CopypartyOptions): Copyparty {
  const { url, password, timeouts, retryMs = 5_000, log, aroundRequest = (_method, ask) => ask() } = options;
  const { origin, pathname } = new URL(url);
  const prefix = pathname.replace(/\/+$/, '');
  const connections = createUpstreamConnections(origin, {
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.firstByteMs,
    bodyTimeout: timeouts.stallMs,
  });
  const credentials = password === undefined ? {} : { pw: toHeaderBytes(password) };
  const guard = createRefusalGuard();
  const availability = createAvailability({
    retryMs,
    log,
    async check(signal) {
      discard(await ask({ method: 'HEAD', path: '/' }, AbortSignal.any([signal, AbortSignal.timeout(healthCheckMs)])));
    },
  });

  interface Question {
    method: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT';
    /** Path with its query, escaped. */
    path: string;
    headers?: Record<string, string>;
    body?: Buffer | Readable;
  }

  async function ask({ method, path, headers, body }: Question, signal: AbortSignal) {
    const options: Dispatcher.DispatchOptions = {
      method,
      path: prefix + path,
      // A browser's User-Agent, or curl's, would change what copyparty answers.
      headers: { 'user-agent': 'mediashelf', 'accept-encoding': 'identity', ...credentials, ...headers },
      body: body ?? null,
    };
    const response = await exchange(connections, options, signal).catch((error: unknown) => {
      // Only what changes nothing is sent a second time (RFC 9110 §9.2.2).
      if (!safeMethods.has(method) || signal.aborted || !isClosedConnection(error)) throw error;
      return exchange(connections, options, signal);
    });
    if (!gatewayStatuses.has(response.status)) return response;
    discard(response);
    throw new UpstreamUnreachableError({ cause: new Error(`a proxy in front of it answers ${response.status}`) });
  }

  async function send(path: string, question: Question, signal: AbortSignal): Promise<UpstreamResponse> {
    return aroundRequest(question.method, () => sendOnce(path, question, signal));
  }

  async function sendOnce(path: string, question: Question, signal: AbortSignal): Promise<UpstreamResponse> {
    if (guard.isRefused(path)) throw new UpstreamRefusedError();
    try {
      const response = await ask(question, signal);
      availability.answered();
      guard.note(path, response.status);
      return response;
    } catch (error) {
      signal.throwIfAborted();
      const failure = toUpstreamError(error);
      if (failure instanceof UpstreamUnreachableError) availability.unreachable(failure.cause);
      if (failure instanceof UpstreamTimeoutError) availability.suspect();
      throw failure;
    }
  }

  return {
    async get(path, { query, range, signal }) {
      const headers = range && { range: `bytes=${range.start}-${range.end ?? ''}` };
      return send(path, { method: 'GET', path: toCopypartyAddress(path, query), ...(headers && { headers }) }, signal);
    },
    head: async (path, { signal }) => send(path, { method: 'HEAD', path: toCopypartyAddress(path) }, signal),
    async post(path, { query, contentType, body, signal }) {
      const headers = { 'content-type': contentType };
      return send(path, { method: 'POST', path: toCopypartyAddress(path, query), headers, body }, signal);
    },
    delete: async (path, { signal }) => send(path, { method: 'DELETE', path: toCopypartyAddress(path) }, signal),
    async put(path, { body, sizeBytes, signal }) {
      const headers = { 'content-length': String(sizeBytes) };
      return send(path, { method: 'PUT', path: toCopypartyAddress(path), headers, body }, signal);
    },
    state: availability.state,
    async close() {
      availability.close();
      await connections.close();
    },
  };
}

const safeMethods = new Set(['GET', 'HEAD']);

/** Timeout of a health check; any answer counts. */
const healthCheckMs = 5_000;

/** What a reverse proxy answers while nothing is behind it. */
const gatewayStatuses = new Set([502, 503, 504]);

/** Ends an answer that is not wanted. The error with which it ends then is ignored. */
export function discard({ body }: { body: Readable }): void {
  body.once('error', () => undefined).destroy();
}

/** copyparty reads headers as UTF-8, and Node writes them as Latin-1. */
function toHeaderBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
