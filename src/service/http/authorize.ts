import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { ForbiddenError, UnauthenticatedError } from '../access/access-errors.ts';
import type { Authenticator, Credentials } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import { includesRole, type Role } from '../access/role.ts';
import type { UrlSigner } from '../access/url-signer.ts';

/** What routes ask about whoever calls them. */
export interface Gate {
  authenticate: Authenticator['authenticate'];
  urls: Pick<UrlSigner, 'verify'>;
}

/**
 * A hook that lets in whoever has the role, and, to read, whoever has a URL that was signed for one who had it. Throws
 * UnauthenticatedError, ForbiddenError, and what an Authenticator throws.
 */
export function requireRole(gate: Gate, needed: Role): onRequestAsyncHookHandler {
  return async (request) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (isReading && (await gate.urls.verify(request.url))) return;
    const principal = await gate.authenticate(credentialsOf(request));
    if (principal === null) throw new UnauthenticatedError();
    if (!includesRole(principal.role, needed)) throw new ForbiddenError(principal.role, needed);
    principals.set(request.raw, principal);
  };
}

const principals = new WeakMap<IncomingMessage, Principal>();

/** Whom `requireRole` let in; null where that was a signed URL. */
export function principalOf(request: IncomingMessage): Principal | null {
  return principals.get(request) ?? null;
}

export function credentialsOf({ headers, ip, socket }: FastifyRequest): Credentials {
  return { headers, peerAddress: socket.remoteAddress ?? '', clientAddress: ip };
}

/** Says in headers what an error of this kind means for the next attempt (RFC 6750 §3, RFC 9110 §10.2.3). */
export function challenge(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof UnauthenticatedError) reply.header('www-authenticate', 'Bearer realm="mediashelf"');
  if (error instanceof Error && 'retryAfterSeconds' in error)
    reply.header('retry-after', Number(error.retryAfterSeconds));
  return reply;
}
