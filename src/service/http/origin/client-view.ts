import type { IncomingMessage } from 'node:http';
import { createAddressMatcher } from '../../../base/config/address-list.ts';
import type { PublicUrl } from '../../../base/config/settings.ts';

/** How the client of a request sees the service, which may stand behind reverse proxies. */
interface ClientView {
  /** The hosts by which it may know the service, with their ports as they were sent. */
  hosts: readonly string[];
  /** `https` or `http`, where a trusted proxy says so. */
  protocol: string | null;
  /** The path below which the client sees the service: empty, or such as `/shelf`. */
  prefix: string;
}

export type ClientViews = (request: IncomingMessage) => ClientView;

interface ClientViewOptions {
  publicUrl: PublicUrl | null;
  trustedProxies: readonly string[];
}

/**
 * Reads what reverse proxies say of the address that the client used: `X-Forwarded-Host`, `-Port`, `-Proto` and
 * `-Prefix`, or `Forwarded` (RFC 7239). Only trusted proxies are believed. The path of PUBLIC_URL comes before theirs.
 */
export function createClientViews({ publicUrl, trustedProxies }: ClientViewOptions): ClientViews {
  const isTrusted = createAddressMatcher(trustedProxies);
  return ({ headers, socket }) => {
    const direct = headers.host === undefined ? [] : [headers.host];
    if (!isTrusted(socket.remoteAddress ?? '')) {
      return { hosts: direct, protocol: null, prefix: publicUrl?.path ?? '' };
    }
    const read = (name: string) => String(headers[name] ?? '');
    const forwarded = readForwarded(read('forwarded'));
    const host = firstOf(read('x-forwarded-host')) ?? forwarded.host;
    const port = firstOf(read('x-forwarded-port'));
    return {
      hosts: [...direct, ...(host === null ? [] : withPort(host, port))],
      protocol: (firstOf(read('x-forwarded-proto')) ?? forwarded.protocol)?.toLowerCase() ?? null,
      prefix: publicUrl?.path || readPrefix(read('x-forwarded-prefix')),
    };
  };
}

/** The first of several values is that of the proxy next to the client. */
function firstOf(list: string): string | null {
  return list.split(',', 1)[0]?.trim() || null;
}

/** A host without a port may be meant together with `X-Forwarded-Port`. */
function withPort(host: string, port: string | null): string[] {
  return port === null || /:\d+$/.test(host) ? [host] : [host, `${host}:${port}`];
}

function readForwarded(header: string): { host: string | null; protocol: string | null } {
  const [first = ''] = header.split(',', 1);
  const read = (name: string) => new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*"?([^";\\s]+)`, 'i').exec(first)?.[1] ?? null;
  return { host: read('host'), protocol: read('proto') };
}

const prefixPattern = /^(?:\/[\w.~!$&'()*+;=:@%-]+)+$/;

/**
 * Reads the folders that proxies in a row have taken off, the outermost first, and joins them. What is no path is left
 * out: it would become part of URLs, and `//host` would lead elsewhere.
 */
function readPrefix(header: string): string {
  const parts = header.split(',').map((part) => part.trim().replace(/\/+$/, ''));
  return parts.filter((part) => prefixPattern.test(part) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(part)).join('');
}
