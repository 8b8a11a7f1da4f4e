import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may come from a page of this service, or from a program, which sends no Origin. Browsers send an
 * Origin with every POST and every WebSocket to another origin.
 */
export function isSameOrigin({ origin, host }: Pick<IncomingHttpHeaders, 'origin' | 'host'>): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** A page of another origin cannot send one of these headers without a preflight, which this service never allows. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'];

/** Whether no page of another origin sent the request: a form could, with the user's credentials in the browser. */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  if (preflightHeaders.some((name) => headers[name] !== undefined)) return true;
  const site = headers['sec-fetch-site'];
  return isSameOrigin(headers) && (site === undefined || site === 'same-origin' || site === 'none');
}
