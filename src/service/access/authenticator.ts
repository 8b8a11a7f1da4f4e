import type { IncomingHttpHeaders } from 'node:http';
import { NothingToSignInToError, SessionEndedError, UnauthenticatedError, UnknownHostError } from './access-errors.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { JwtVerifier } from './jwt-verifier.ts';
import { everybody, type Principal } from './principal.ts';
import type { IdentityProxyReader } from './identity-proxy-reader.ts';
import { sessionTokenOf } from './session-cookie.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { parseToken } from './token-secret.ts';
import type { CountingDatabase } from './attempt-limiter.ts';
import { createWrongTokens } from './wrong-tokens.ts';

/** What a request says about its sender. */
export interface Credentials {
  headers: IncomingHttpHeaders;
  /** The other end of the connection: the reverse proxy, where there is one. */
  peerAddress: string;
  /** The address that the request comes from, as far as trusted proxies report it. */
  clientAddress: string;
}

export interface Authenticator {
  /**
   * Returns the caller; null where the request names none. `Authorization` counts before what the identity proxy says, and
   * that before the session cookie, which is not even read where one of them is there. Throws UnauthenticatedError for a
   * token that is not valid, SessionEndedError for one in a cookie, TooManyAttemptsError after too many of them,
   * DoubledSessionError for two cookies, UnknownHostError where an open service is reached under a foreign name.
   */
  authenticate(credentials: Credentials): Promise<Principal | null>;
  /**
   * Returns whom a browser may be signed in as with this token. Throws as `authenticate` does for a wrong one,
   * NothingToSignInToError where callers come in without a token, TokenTooLongError for one that makes no cookie.
   */
  signIn(token: string, credentials: Credentials): Promise<OpenedSession>;
  /** Whether everybody may use the service, because no access is configured. */
  isOpen(): Promise<boolean>;
}

interface AuthenticatorOptions {
  tokens: Pick<ApiTokens, 'verify' | 'exist'>;
  verifyJwt: JwtVerifier | null;
  readIdentityProxy: IdentityProxyReader | null;
  /** The number of wrong tokens that an address may send in a minute. */
  attemptsPerMinute: number;
  /** Where several nodes count them together. Absent: this process is alone. */
  database?: CountingDatabase;
}

export function createAuthenticator({
  tokens,
  verifyJwt,
  readIdentityProxy,
  attemptsPerMinute,
  database,
}: AuthenticatorOptions): Authenticator {
  const wrongTokens = createWrongTokens(attemptsPerMinute, database);
  const haveTokens = remember(() => tokens.exist());
  const isOpen = async () => verifyJwt === null && readIdentityProxy === null && !(await haveTokens());

  /** Accepts a right token from any address: else one visitor could lock out all others behind the same router. */
  async function verify(token: string, address: string): Promise<Principal> {
    try {
      return await verifyAny(token);
    } catch (error) {
      if (error instanceof UnauthenticatedError) await wrongTokens.count(address);
      throw error;
    }
  }

  async function verifyCookie(token: string, address: string): Promise<Principal> {
    try {
      return { ...(await verifyAny(token)), isSession: true };
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      await wrongTokens.countCookie(address, token);
      throw new SessionEndedError(error.message, { cause: error });
    }
  }

  async function verifyAny(token: string): Promise<Principal> {
    if (verifyJwt !== null && parseToken(token) === null) return verifyJwt(token);
    const principal = await tokens.verify(token);
    if (principal === null) throw new UnauthenticatedError('The token is not known, or it has expired or was revoked.');
    return principal;
  }

  return {
    isOpen,
    async authenticate({ headers, peerAddress, clientAddress }) {
      const token = bearerTokenOf(headers.authorization);
      if (token !== null) return verify(token, clientAddress);
      const identity = readIdentityProxy?.(headers, peerAddress) ?? null;
      if (identity !== null) return identity;
      if (await isOpen()) {
        if (!isOwnName(headers.host)) throw new UnknownHostError();
        return everybody;
      }
      const cookie = sessionTokenOf(headers);
      return cookie === null ? null : verifyCookie(cookie, clientAddress);
    },
    async signIn(token, { headers, peerAddress, clientAddress }) {
      const hasIdentity = readIdentityProxy !== null && readIdentityProxy(headers, peerAddress) !== null;
      const takesTokens = verifyJwt !== null || (await haveTokens());
      if (hasIdentity || !takesTokens) throw new NothingToSignInToError(hasIdentity || readIdentityProxy !== null);
      return openSession(token, await verify(token, clientAddress));
    },
  };
}

/** Reads a bearer token (RFC 6750). Throws UnauthenticatedError for another scheme: its sender expects to be known. */
function bearerTokenOf(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const [, token] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
  if (token === undefined) throw new UnauthenticatedError();
  return token;
}

/**
 * Whether `Host` names this machine. A web page can give its own host the address 127.0.0.1, and a browser then takes
 * this service for that page's own: only the name in `Host` gives it away (DNS rebinding).
 */
function isOwnName(host: string | undefined): boolean {
  return host === undefined || /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host);
}

/** Asks at most once a second, so that a new token counts within a second, and never again after the answer was yes. */
function remember(check: () => Promise<boolean>): () => Promise<boolean> {
  let last: { at: number; found: Promise<boolean> } | undefined;
  return async () => {
    if (last === undefined || performance.now() - last.at > 1_000) last = { at: performance.now(), found: check() };
    const found = await last.found;
    if (found) last.at = Infinity;
    return found;
  };
}
