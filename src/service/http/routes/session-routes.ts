import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { CrossSiteRequestError } from '../../access/access-errors.ts';
import { endedSessionCookie, longestSessionMs, sessionCookie } from '../../access/session-cookie.ts';
import { credentialsOf, type GuardedGate } from '../authorize.ts';
import { createErrorHandler } from '../error-handler.ts';
import type { ClientViews } from '../origin/client-view.ts';
import { sendProblem } from '../problem.ts';

interface SessionRoutesOptions {
  gate: Pick<GuardedGate, 'signIn' | 'isOwnRequest'>;
  viewOf: ClientViews;
}

/**
 * Serves `POST` and `DELETE` of `/session`, by which a browser signs in and out. The cookie is the token itself: nothing is
 * stored here, and whoever revokes the token ends every session with it.
 */
export function sessionRoutes({ gate, viewOf }: SessionRoutesOptions): FastifyPluginAsync {
  async function signIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { token, staySignedIn } = readInput(request.body);
    const session = await gate.signIn(token, credentialsOf(request));
    const { principal, expiresAt } = session;
    const maxAgeMs = staySignedIn ? lifetimeMs(expiresAt) : null;
    return reply
      .header('set-cookie', sessionCookie({ token: session.token, maxAgeMs, isSecure: isSecure(request.raw) }))
      .header('cache-control', 'no-store')
      .send({ name: principal.name, role: principal.role, expiresAt: expiresAt?.toISOString() ?? null });
  }

  /** A page says in `Origin` how it came, also behind a proxy that does not. */
  function isSecure(request: IncomingMessage): boolean {
    return viewOf(request).protocol === 'https' || /^https:/i.test(request.headers.origin ?? '');
  }

  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(fastify.log));
    // A form of any page could send the other types without a preflight.
    fastify.removeContentTypeParser('text/plain');
    // Whoever signs a browser in as somebody else sees what its user does (login CSRF).
    fastify.addHook('onRequest', async ({ raw }) => {
      if (!gate.isOwnRequest(raw)) throw new CrossSiteRequestError();
    });
    fastify.post(url, { bodyLimit }, signIn);
    // The hook answers, so that no body is waited for: a client may have said that there is one.
    fastify.delete(url, { onRequest: signOut }, signOut);
    const others = fastify.supportedMethods.filter((method) => !['POST', 'DELETE', 'OPTIONS'].includes(method));
    fastify.route({ method: others, url, onRequest: refuse, handler: refuse });
  };
}

const url = '/session';
const bodyLimit = 64 * 1024;

function lifetimeMs(expiresAt: Date | null): number {
  return Math.min(longestSessionMs, (expiresAt?.getTime() ?? Infinity) - Date.now());
}

function readInput(body: unknown): { token: string; staySignedIn: boolean } {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const { token, staySignedIn = false } = given;
  if (typeof token !== 'string' || token.trim() === '') {
    throw new InvalidInputError('token', 'Send JSON with the token: { "token": "…", "staySignedIn": false }.');
  }
  if (typeof staySignedIn !== 'boolean') {
    throw new InvalidInputError('staySignedIn', 'staySignedIn is true or false; without it, it is false.');
  }
  return { token: token.trim(), staySignedIn };
}

async function signOut(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply
    .code(204)
    .header('set-cookie', endedSessionCookie)
    .header('cache-control', 'no-store')
    .header('clear-site-data', '"cache"') // browsers keep pictures for a year; they heed this where they came by HTTPS
    .send();
}

async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendProblem(reply.header('allow', 'POST, DELETE'), {
    status: 405,
    detail: `${request.method} is not possible here: POST signs in, DELETE signs out.`,
    code: 'METHOD_NOT_ALLOWED',
  });
}
