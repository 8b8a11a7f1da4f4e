import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createClientViews } from '../../../../src/service/http/origin/client-view.ts';
import { createOriginPolicy } from '../../../../src/service/http/origin/origin-policy.ts';

const publicUrl = { origin: 'https://media.example', path: '/shelf' };
const open = (options: Partial<Parameters<typeof createOriginPolicy>[0]> = {}) =>
  createOriginPolicy({
    corsOrigins: ['https://ui.example', 'http://localhost:5173'],
    publicUrl: null,
    viewOf: createClientViews({ publicUrl: null, trustedProxies: ['10.0.0.1'] }),
    ...options,
  });

const requestOf = (headers: Record<string, string>, remoteAddress = '192.0.2.1') =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

const fromProxy = (headers: Record<string, string>) => requestOf(headers, '10.0.0.1');

it.each<[string, IncomingMessage]>([
  ['a program, which sends no origin', requestOf({ host: 'nas' })],
  ['its own page', requestOf({ host: 'nas:4000', origin: 'http://nas:4000' })],
  ['its own page behind a proxy that keeps Host', requestOf({ host: 'nas', origin: 'https://nas' })],
  ['its own page, whose port is named', requestOf({ host: 'nas:443', origin: 'https://nas' })],
  ['its own page without TLS, whose port is named', requestOf({ host: 'nas:80', origin: 'http://nas' })],
  ['its own page, in capitals', requestOf({ host: 'NAS.Example', origin: 'https://nas.example' })],
  ['its own page at an address of IPv6', requestOf({ host: '[::1]:4000', origin: 'http://[::1]:4000' })],
  [
    'its own page behind a proxy that names the host',
    fromProxy({ host: 'upstream', 'x-forwarded-host': 'media.example', origin: 'https://media.example' }),
  ],
  [
    'its own page behind a proxy that names the port elsewhere',
    fromProxy({ host: 'u', 'x-forwarded-host': 'nas', 'x-forwarded-port': '8443', origin: 'https://nas:8443' }),
  ],
  [
    'its own page behind a proxy that does not know of the TLS before it',
    fromProxy({ host: 'nas', 'x-forwarded-proto': 'http', origin: 'https://nas' }),
  ],
  ['a page that CORS_ORIGINS names', requestOf({ host: 'nas', origin: 'https://ui.example' })],
  ['the same, written differently', requestOf({ host: 'nas', origin: 'https://UI.example:443' })],
])('admits %s', (_what, request) => {
  expect(open().admits(request)).toBe(true);
});

it.each<[string, IncomingMessage]>([
  ['a page of another host', requestOf({ host: 'nas', origin: 'https://evil.example' })],
  ['a page of another port', requestOf({ host: 'nas:4000', origin: 'http://nas:5000' })],
  ['a page of the port of another scheme', requestOf({ host: 'nas:443', origin: 'http://nas' })],
  ['a page without an origin', requestOf({ host: 'nas', origin: 'null' })],
  ['a file of the same machine', requestOf({ host: '', origin: 'file://' })],
  ['an origin with a path', requestOf({ host: 'nas', origin: 'https://nas/x' })],
  ['an origin with a name', requestOf({ host: 'nas', origin: 'https://nas@evil.example' })],
  ['an extension', requestOf({ host: 'nas', origin: 'chrome-extension://nas' })],
  ['a page whose name only begins the same', requestOf({ host: 'nas', origin: 'https://nas.evil.example' })],
  ['a guest of another scheme', requestOf({ host: 'nas', origin: 'http://ui.example' })],
  [
    'a page whose host somebody else forwards',
    requestOf({ host: 'nas', 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' }),
  ],
  [
    'a page that came without TLS where the service has it',
    fromProxy({ host: 'nas', 'x-forwarded-proto': 'https', origin: 'http://nas' }),
  ],
])('keeps out %s', (_what, request) => {
  expect(open().admits(request)).toBe(false);
  expect(open().admitsForm(request)).toBe(false);
});

it('takes a form from a guest, and from no neighbour', () => {
  const { admitsForm } = open();
  const guest = { host: 'nas', origin: 'https://ui.example', 'sec-fetch-site': 'cross-site' };
  expect(admitsForm(requestOf(guest))).toBe(true);
  expect(admitsForm(requestOf({ host: 'nas', 'sec-fetch-site': 'same-origin' }))).toBe(true);
  expect(admitsForm(requestOf({ host: 'nas', 'sec-fetch-site': 'none' }))).toBe(true);
  for (const site of ['cross-site', 'same-site']) {
    expect(admitsForm(requestOf({ host: 'nas', 'sec-fetch-site': site }))).toBe(false);
    expect(admitsForm(requestOf({ host: 'nas', origin: 'https://nas', 'sec-fetch-site': site }))).toBe(false);
  }
  expect(admitsForm(requestOf({ host: 'nas', origin: 'null', 'graphql-require-preflight': '' }))).toBe(true);
});

it('knows pages by PUBLIC_URL, whatever the proxy makes of Host', () => {
  const { admits, isGuest } = open({ publicUrl });
  expect(admits(requestOf({ host: 'upstream:4000', origin: 'https://media.example' }))).toBe(true);
  expect(admits(requestOf({ host: 'upstream:4000', origin: 'http://media.example' }))).toBe(false);
  expect(isGuest('https://media.example')).toBe(false);
});

it('takes what a session changes from own pages and programs alone', () => {
  const { isOwnRequest } = open();
  const of = (headers: Record<string, string>) => isOwnRequest(requestOf({ host: 'nas:4000', ...headers }));
  for (const headers of [
    {},
    { origin: 'http://nas:4000' },
    { origin: 'http://nas:4000', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ]) {
    expect([headers, of(headers)]).toEqual([headers, true]);
  }
  for (const headers of [
    { origin: 'https://ui.example' },
    { origin: 'http://nas:5000', 'sec-fetch-site': 'same-site' },
    { origin: 'http://nas:4000', 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.nas:4000' },
    { origin: 'null' },
    { origin: 'null', 'graphql-require-preflight': '1' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site', 'graphql-require-preflight': '1' },
  ]) {
    expect([headers, of(headers)]).toEqual([headers, false]);
  }
});
