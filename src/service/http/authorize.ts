import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import {
  CrossSiteRequestError,
  ForbiddenError,
  SessionEndedError,
  UnauthenticatedError,
} from '../access/access-errors.ts';
import type { Authenticator, Credentials } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import { includesRole, type Role } from '../access/role.ts';
import { endedSessionCookie } from '../access/session-cookie.ts';
import type { UrlSigner } from '../access/url-signer.ts';
import type { OriginPolicy } from './origin/origin-policy.ts';

/** The checks that routes make of a caller. */
export interface Gate {
  authenticate: Authenticator['authenticate'];
  signIn: Authenticator['signIn'];
  urls: Pick<UrlSigner, 'verify'>;
}

/** The same, with what a session of a browser has to stand: it comes with requests of any page of the site. */
export type GuardedGate = Gate & Pick<OriginPolicy, 'isOwnRequest'>;

/**
 * Returns a hook that lets in callers with the role and, for GET and HEAD, requests with a signed URL. It throws
 * UnauthenticatedError, ForbiddenError, CrossSiteRequestError, and what an Authenticator throws.
 */
export function requireRole(gate: GuardedGate, needed: Role): onRequestAsyncHookHandler {
  return async (request) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (isReading && (await gate.urls.verify(request.url))) return;
    const principal = await gate.authenticate(credentialsOf(request));
    if (principal === null) throw new UnauthenticatedError();
    // Reading is harmless: no other page can read the answer.
    if (!isReading) refuseForeignPage(gate, principal, request.raw);
    if (!includesRole(principal.role, needed)) throw new ForbiddenError(principal.role, needed);
    principals.set(request.raw, principal);
  };
}

/** Throws CrossSiteRequestError where a session came along with a request of another page than the service's own. */
export function refuseForeignPage(
  { isOwnRequest }: Pick<GuardedGate, 'isOwnRequest'>,
  principal: Principal | null,
  request: IncomingMessage,
): void {
  if (principal?.isSession && !isOwnRequest(request)) throw new CrossSiteRequestError();
}

const principals = new WeakMap<IncomingMessage, Principal>();

/** Returns the caller that `requireRole` let in; null where it let in a signed URL. */
export function principalOf(request: IncomingMessage): Principal | null {
  return principals.get(request) ?? null;
}

export function credentialsOf({ headers, ip, socket }: FastifyRequest): Credentials {
  return { headers, peerAddress: socket.remoteAddress ?? '', clientAddress: ip };
}

/** Sets the headers that say how to try again after such an error (RFC 6750 §3, RFC 9110 §10.2.3). */
export function challenge(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof SessionEndedError) reply.header('set-cookie', endedSessionCookie);
  if (error instanceof UnauthenticatedError || error instanceof SessionEndedError)
    reply.header('www-authenticate', 'Bearer realm="mediashelf"');
  if (error instanceof Error && 'retryAfterSeconds' in error)
    reply.header('retry-after', Number(error.retryAfterSeconds));
  return reply;
}
