import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createClientViews } from '../../../../src/service/http/origin/client-view.ts';

const trustedProxies = ['10.0.0.1', 'fd00::/8'];

const requestOf = (headers: Record<string, string>, remoteAddress = '10.0.0.1') =>
  ({ headers: { host: 'upstream:4000', ...headers }, socket: { remoteAddress } }) as unknown as IncomingMessage;

const viewOf = createClientViews({ publicUrl: null, trustedProxies });

it.each<[string, Record<string, string>, object]>([
  ['nothing', {}, { hosts: ['upstream:4000'], protocol: null, prefix: '' }],
  [
    'a host and a protocol',
    { 'x-forwarded-host': 'media.example', 'x-forwarded-proto': 'HTTPS' },
    { hosts: ['upstream:4000', 'media.example'], protocol: 'https' },
  ],
  [
    'a port beside the host',
    { 'x-forwarded-host': 'nas', 'x-forwarded-port': '8443' },
    { hosts: ['upstream:4000', 'nas', 'nas:8443'] },
  ],
  [
    'a host with its port',
    { 'x-forwarded-host': 'nas:81', 'x-forwarded-port': '80' },
    { hosts: ['upstream:4000', 'nas:81'] },
  ],
  [
    'several proxies in a row',
    { 'x-forwarded-host': 'media.example, inner:8080', 'x-forwarded-proto': 'https,http' },
    { hosts: ['upstream:4000', 'media.example'], protocol: 'https' },
  ],
  [
    'the header of RFC 7239',
    { forwarded: 'for=1.2.3.4;host="media.example:8443";Proto=https, for=10.0.0.9;host=inner' },
    { hosts: ['upstream:4000', 'media.example:8443'], protocol: 'https' },
  ],
  ['a folder', { 'x-forwarded-prefix': '/shelf/' }, { prefix: '/shelf' }],
  ['folders of several proxies', { 'x-forwarded-prefix': '/home, /shelf' }, { prefix: '/home/shelf' }],
  ['the root as a folder', { 'x-forwarded-prefix': '/' }, { prefix: '' }],
  ['another site as a folder', { 'x-forwarded-prefix': '//evil.example' }, { prefix: '' }],
  ['a way out of a folder', { 'x-forwarded-prefix': '/a/../b' }, { prefix: '' }],
  ['what is no folder', { 'x-forwarded-prefix': 'shelf"><script>' }, { prefix: '' }],
])('a trusted proxy is believed about %s', (_what, headers, expected) => {
  expect(viewOf(requestOf(headers))).toMatchObject(expected);
  expect(viewOf(requestOf(headers, '::ffff:10.0.0.1'))).toMatchObject(expected);
});

it('nobody else is believed', () => {
  const headers = {
    'x-forwarded-host': 'media.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-prefix': '/shelf',
    forwarded: 'host=media.example',
  };
  for (const address of ['10.0.0.2', '127.0.0.1', '']) {
    expect(viewOf(requestOf(headers, address))).toEqual({ hosts: ['upstream:4000'], protocol: null, prefix: '' });
  }
});

it('the path of PUBLIC_URL counts for everybody, and before what a proxy says', () => {
  const publicUrl = { origin: 'https://media.example', path: '/shelf' };
  const view = createClientViews({ publicUrl, trustedProxies });
  expect(view(requestOf({ 'x-forwarded-prefix': '/other' })).prefix).toBe('/shelf');
  expect(view(requestOf({}, '192.0.2.1')).prefix).toBe('/shelf');
});
