import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { CrossSiteRequestError, DoubledSessionError, UnauthenticatedError } from '../../access/access-errors.ts';
import { DomainError } from '../../../base/errors/domain-error.ts';
import type { GraphQLServer } from '../../graphql/yoga.ts';
import type { Slots } from '../../../base/async/slots.ts';
import { challenge, credentialsOf, refuseForeignPage, type GuardedGate } from '../authorize.ts';
import { createErrorHandler } from '../error-handler.ts';
import { sendProblem, type Problem } from '../problem.ts';
import type { ClientViews } from '../origin/client-view.ts';
import type { OriginPolicy } from '../origin/origin-policy.ts';
import { holdSlot } from '../pressure/hold-slot.ts';
import { passHeaders } from '../pass-headers.ts';
import { releaseConnection } from '../sending/release-connection.ts';
import { readMultipartOperation } from '../uploads/streaming-uploads.ts';

interface GraphQLRoutesOptions {
  graphql: GraphQLServer;
  gate: Pick<GuardedGate, 'authenticate' | 'isOwnRequest'>;
  origins: Pick<OriginPolicy, 'admitsForm'>;
  viewOf: ClientViews;
  /** Each request with files holds a slot. */
  uploads: Slots;
}

/**
 * Serves `/graphql`: operations over HTTP, subscriptions as server-sent events, and GraphiQL for a browser. Yoga
 * answers all of them.
 */
export function graphqlRoutes({ graphql, gate, origins, viewOf, uploads }: GraphQLRoutesOptions): FastifyPluginAsync {
  return async (fastify) => {
    // Fastify parses no body here: Yoga or the upload parser reads it from the socket.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const handleError = createErrorHandler(fastify.log);
    fastify.setErrorHandler((error, request, reply) =>
      isRefusal(error) ? sendRefusal(error, reply) : handleError(error, request, reply),
    );
    fastify.route({
      url: '/graphql',
      method: ['GET', 'POST', 'OPTIONS'],
      async onRequest({ method, raw }, reply) {
        if (method !== 'POST') return;
        releaseConnection(raw, reply.raw);
        const problem = findProblem(raw, origins);
        if (problem !== null) await sendProblem(reply, problem);
      },
      async handler(request, reply) {
        const { raw, headers } = request;
        const viewer = isGraphiQLRequest(request) ? null : await gate.authenticate(credentialsOf(request));
        // An operation that is sent by GET reads only, but keeps the service busy, and may be a subscription.
        refuseForeignPage(gate, viewer, raw);
        const isUpload = isMultipart(headers['content-type']);
        // The files of an unauthenticated request are not read at all.
        if (isUpload && viewer === null) throw new UnauthenticatedError();
        if (isUpload) holdSlot(uploads, raw, reply.raw);
        const operation = isUpload ? await readMultipartOperation(raw) : null;
        reply.hijack();
        const left = new AbortController();
        reply.raw.once('close', () => left.abort());
        passHeaders(request, reply);
        await graphql.handle(raw, reply.raw, {
          log: request.log as Logger,
          signal: left.signal,
          viewer,
          urlPrefix: viewOf(raw).prefix,
          ...(operation && { operation }),
        });
      },
    });
  };
}

/** Refuses forms and text bodies of other origins: browsers send those from any web page without a preflight. */
function findProblem(request: IncomingMessage, origins: Pick<OriginPolicy, 'admitsForm'>): Problem | null {
  const contentType = request.headers['content-type'];
  if (isJson(contentType)) return null;
  if (!isMultipart(contentType)) {
    return {
      status: 415,
      detail:
        'Send operations as JSON, with the header `Content-Type: application/json`, and files as multipart/form-data.',
      code: 'UNSUPPORTED_MEDIA_TYPE',
    };
  }
  if (origins.admitsForm(request)) return null;
  return {
    status: 403,
    detail:
      'Files come from pages of this very service or of an origin in CORS_ORIGINS, or with the header ' +
      '`GraphQL-Require-Preflight: 1`. Behind a reverse proxy, see PUBLIC_URL and TRUSTED_PROXIES.',
    code: 'CROSS_SITE_REQUEST',
  };
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/(graphql\+)?json\s*(;|$)/i.test(contentType ?? '');
}

function isMultipart(contentType: string | undefined): boolean {
  return /^multipart\/form-data\s*(;|$)/i.test(contentType ?? '');
}

/** Whether a browser asks for the page of GraphiQL, which has no token yet. */
function isGraphiQLRequest({ method, headers, query }: FastifyRequest): boolean {
  const isQuery = typeof query === 'object' && query !== null && 'query' in query;
  return method === 'GET' && !isQuery && headers.accept?.includes('text/html') === true;
}

function isRefusal(error: unknown): error is DomainError {
  if (error instanceof DoubledSessionError || error instanceof CrossSiteRequestError) return true;
  return error instanceof DomainError && [401, 421, 429, 503].includes(error.httpStatus);
}

/** Sends an error in the shape that GraphQL clients read, where no operation was begun. */
function sendRefusal(error: DomainError, reply: FastifyReply): FastifyReply {
  const { message, code } = error;
  return challenge(reply, error)
    .code(error.httpStatus)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message, extensions: { code } }] });
}
