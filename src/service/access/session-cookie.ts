import type { IncomingHttpHeaders } from 'node:http';
import { DoubledSessionError } from './access-errors.ts';

const name = 'mediashelf';

/** The length of name and value up to which every browser keeps a cookie (RFC 6265 §6.1); longer ones it drops silently. */
export const longestSessionToken = 4096 - name.length - 1;

/** Browsers keep no cookie for longer than 400 days. */
export const longestSessionMs = 400 * 24 * 60 * 60 * 1000;

/**
 * Returns the token in the session cookie, as it stands there; null where there is none. The same one twice is one. Throws
 * DoubledSessionError for two that differ: a page of a neighbouring host may have set one of them.
 */
export function sessionTokenOf({ cookie = '' }: IncomingHttpHeaders): string | null {
  const values = new Set<string>();
  for (const pair of cookie.split(';')) {
    const separator = pair.indexOf('=');
    if (separator < 0 || pair.slice(0, separator).trim() !== name) continue;
    values.add(
      pair
        .slice(separator + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );
  }
  // What a browser was told to forget may come as an empty text.
  values.delete('');
  if (values.size > 1) throw new DoubledSessionError(name);
  const [token = null] = values;
  return token;
}

interface Session {
  token: string;
  /** Whether the browser came by HTTPS. */
  isSecure: boolean;
  /** The time for which the browser keeps it; null: until it is closed. */
  maxAgeMs: number | null;
}

/** Writes the header Set-Cookie for a session (RFC 6265 §4.1). The token's letters are those of RFC 6750, which need no quotes. */
export function sessionCookie({ token, isSecure, maxAgeMs }: Session): string {
  const maxAge = maxAgeMs === null ? '' : `; Max-Age=${Math.floor(maxAgeMs / 1000)}`;
  return `${name}=${token}${maxAge}${attributes}${isSecure ? '; Secure' : ''}`;
}

const attributes = '; Path=/; HttpOnly; SameSite=Strict';

/** The header Set-Cookie that makes a browser forget its session. */
export const endedSessionCookie = `${name}=; Max-Age=0${attributes}`;
