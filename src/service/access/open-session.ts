import { decodeJwt } from 'jose';
import { TokenTooLongError, UnauthenticatedError } from './access-errors.ts';
import type { Principal } from './principal.ts';
import { longestSessionToken } from './session-cookie.ts';

/** A browser that is signed in. */
export interface OpenedSession {
  token: string;
  principal: Principal;
  /** The end of the token's validity; null where it never expires. */
  expiresAt: Date | null;
}

/** Returns the session of a token that was verified. Throws TokenTooLongError, and UnauthenticatedError for its last moments. */
export function openSession(token: string, principal: Principal): OpenedSession {
  if (!safeInCookies.test(token)) throw new UnauthenticatedError('The token is not valid.');
  if (token.length > longestSessionToken) throw new TokenTooLongError(token.length, longestSessionToken);
  const expiresAt = principal.source === 'JWT' ? endOfJwt(token) : (principal.expiresAt ?? null);
  // The clocks of issuers are forgiven some seconds; a cookie that ends at once would only look like a session.
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) throw new UnauthenticatedError('The token has expired.');
  return { token, principal, expiresAt };
}

/** The letters of a bearer token (RFC 6750 §2.1). Decoders of base64 pass over others, such as `;`, that end a cookie. */
const safeInCookies = /^[\w.~+/-]+=*$/;

function endOfJwt(token: string): Date | null {
  const { exp } = decodeJwt(token);
  return exp === undefined ? null : new Date(exp * 1000);
}
