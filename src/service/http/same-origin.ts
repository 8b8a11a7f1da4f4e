import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request can come from a page of this service, or from a program, which sends no Origin. Browsers send one
 * with every POST and every WebSocket of another origin.
 */
export function isSameOrigin({ origin, host }: Pick<IncomingHttpHeaders, 'origin' | 'host'>): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** No page of another origin can send one of them without asking first, and this service never says yes. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'];

/** Whether no page of another origin has sent it: a form could, with whatever the browser knows of the user. */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  if (preflightHeaders.some((name) => headers[name] !== undefined)) return true;
  const site = headers['sec-fetch-site'];
  return isSameOrigin(headers) && (site === undefined || site === 'same-origin' || site === 'none');
}
