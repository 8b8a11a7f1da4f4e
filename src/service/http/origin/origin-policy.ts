import type { IncomingMessage } from 'node:http';
import type { PublicUrl } from '../../../base/config/settings.ts';
import type { ClientViews } from './client-view.ts';

/** Which web pages may use the service: one rule for GraphQL, WebSockets, resumable uploads and the routes of bytes. */
export interface OriginPolicy {
  /** Whether pages of other origins may use the service at all. */
  hasGuests: boolean;
  /** Whether pages of this origin, which is not the service's own, may read answers: CORS_ORIGINS names it. */
  isGuest(origin: string | undefined): boolean;
  /**
   * Whether a request comes from a page of this service, from a guest's, or from a program, which sends no Origin.
   * Browsers send an Origin with every POST and every WebSocket to another origin.
   */
  admits(request: IncomingMessage): boolean;
  /** The same for what a form of any page could send without a preflight, with the user's credentials. */
  admitsForm(request: IncomingMessage): boolean;
  /**
   * Whether a request comes from a page of this very service, or from a program. What a browser's session may change is
   * asked for by nobody else: not by guests, nor by pages of neighbouring hosts and ports, to which SameSite is blind.
   */
  isOwnRequest(request: IncomingMessage): boolean;
}

interface OriginPolicyOptions {
  /** Origins as `URL` writes them. */
  corsOrigins: readonly string[];
  publicUrl: PublicUrl | null;
  viewOf: ClientViews;
}

/** A page of another origin cannot send one of these headers without a preflight, which only guests are granted. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'];

export function createOriginPolicy({ corsOrigins, publicUrl, viewOf }: OriginPolicyOptions): OriginPolicy {
  const guests = new Set(corsOrigins);

  function isGuest(origin: string | undefined): boolean {
    return guests.has(parseOrigin(origin)?.origin ?? '');
  }

  function isOwn(request: IncomingMessage, origin: URL): boolean {
    if (origin.origin === publicUrl?.origin) return true;
    const { hosts, protocol } = viewOf(request);
    // A page that came without TLS may be anybody's. The other way round, a proxy in between may not know of the TLS.
    if (protocol === 'https' && origin.protocol === 'http:') return false;
    return hosts.some((host) => parseOrigin(`${origin.protocol}//${host}`)?.host === origin.host);
  }

  function admits(request: IncomingMessage): boolean {
    const given = request.headers.origin;
    if (given === undefined || isGuest(given)) return true;
    const origin = parseOrigin(given);
    return origin !== null && isOwn(request, origin);
  }

  function isOwnRequest(request: IncomingMessage): boolean {
    const { origin: given, 'sec-fetch-site': site } = request.headers;
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    const origin = parseOrigin(given);
    return given === undefined || (origin !== null && isOwn(request, origin));
  }

  return {
    hasGuests: guests.size > 0,
    isGuest,
    admits,
    admitsForm(request) {
      const { headers } = request;
      if (preflightHeaders.some((name) => headers[name] !== undefined)) return true;
      return isGuest(headers.origin) || isOwnRequest(request);
    },
    isOwnRequest,
  };
}

/**
 * `URL` writes names in lower case and leaves the scheme's own port out, so that equal origins become equal. Returns null
 * for what is no origin of a web page, such as `null`.
 */
function parseOrigin(text: string | undefined): URL | null {
  if (text === undefined || !/^https?:\/\/[^/?#@\\]+$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}
