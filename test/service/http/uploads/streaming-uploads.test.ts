import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestService, startTestService, type TestService } from '../../../support/test-service.ts';
import {
  answerOf,
  field,
  filePart,
  makeVideo,
  map,
  multipartBody,
  operations,
  sendRaw,
  upload,
  leftIn,
} from '../../../support/upload.ts';

let service: TestService;
let film: Buffer;
beforeAll(async () => {
  service = await openTestService();
  film = await makeVideo(300_000);
});
afterAll(() => service.close());

async function leftovers(): Promise<string[]> {
  const root = service.category('movies').rootPath;
  return [...(await readdir(root)), ...(await leftIn(service.incomingDir))];
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const file = () => filePart('file', 'a.mp4', film);
const twoFiles = (order: readonly string[]) =>
  multipartBody([
    field(
      'operations',
      JSON.stringify({
        query: `mutation ($a: Upload!, $b: Upload!) {
          a: uploadMedia(input: {file: $a}) { __typename ... on MediaItem { filename } }
          b: uploadMedia(input: {file: $b}) { __typename ... on MediaItem { filename } }
        }`,
        variables: { a: null, b: null },
      }),
    ),
    field('map', '{"1":["variables.a"],"2":["variables.b"]}'),
    ...order.map((name) => filePart(name, `${name}.mp4`, Buffer.concat([film, Buffer.from(name)]))),
  ]);

const whole = () => multipartBody([operations(), map, file()]);

it.each<[string, () => Buffer]>([
  ['no parts', () => multipartBody([])],
  ['nothing at all', () => Buffer.alloc(0)],
  ['no multipart', () => Buffer.from('{"query":"{ __typename }"}')],
  ['a file before the map', () => multipartBody([operations(), file(), map])],
  ['a file before the operations', () => multipartBody([file(), operations(), map])],
  ['a map before the operations', () => multipartBody([map, operations(), file()])],
  ['no map', () => multipartBody([operations(), file()])],
  ['no map and no file', () => multipartBody([operations()])],
  ['no operations', () => multipartBody([map, file()])],
  ['no file', () => multipartBody([operations(), map])],
  ['a file of another name', () => multipartBody([operations(), map, filePart('other', 'a.mp4', film)])],
  ['operations that are no JSON', () => multipartBody([field('operations', '{'), map, file()])],
  ['operations that are no object', () => multipartBody([field('operations', '[]'), map, file()])],
  ['several operations', () => multipartBody([field('operations', '[{"query":"{ __typename }"}]'), map, file()])],
  ['a map that is no JSON', () => multipartBody([operations(), field('map', '{'), file()])],
  ['a map that is no object', () => multipartBody([operations(), field('map', '["variables.input.file"]'), file()])],
  ['a map of texts', () => multipartBody([operations(), field('map', '{"file":"variables.input.file"}'), file()])],
  ['a map of numbers', () => multipartBody([operations(), field('map', '{"file":[1]}'), file()])],
  [
    'a map to nowhere',
    () => multipartBody([operations(), field('map', '{"file":["variables.input.nothing"]}'), file()]),
  ],
  ['a map out of the variables', () => multipartBody([operations(), field('map', '{"file":["query"]}'), file()])],
  [
    'a map to a prototype',
    () => multipartBody([operations(), field('map', '{"file":["variables.__proto__.polluted"]}'), file()]),
  ],
  ['a part with a malformed header', () => multipartBody([operations(), map, ['no header at all', film]])],
  ['a malformed header first', () => multipartBody([['\0\0\0', ''], operations(), map, file()])],
  ['an end without a boundary', () => multipartBody([operations(), map, file()], '')],
  ['an end within a header', () => multipartBody([operations(), map], '--x\r\nContent-Disposition: form-da')],
  ['an end within the boundary', () => multipartBody([operations(), map, file()], '--')],
  ['an end within the file', () => whole().subarray(0, 100_000)],
  ['a field of more than a mebibyte', () => multipartBody([field('operations', 'x'.repeat(1_100_000)), map, file()])],
  [
    'a hundred and one files',
    () =>
      multipartBody([
        operations(),
        field('map', JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, []])))),
      ]),
  ],
])('answers a body with %s as the mistake of the client, at once, and keeps nothing', async (_what, body) => {
  const started = performance.now();
  const status = statusOf(await sendRaw(service.url, body()));
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(performance.now() - started).toBeLessThan(60_000);
  expect(await leftovers()).toEqual([]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=y'])(
  'answers a wrong boundary (%s) as the mistake of the client',
  async (type) => {
    const status = statusOf(await sendRaw(service.url, whole(), { 'content-type': type }));
    expect(status).toBe(400);
    expect(await leftovers()).toEqual([]);
  },
);

it('keeps nothing of a client that leaves, at whatever byte', async () => {
  const body = whole();
  const { hostname, port } = new URL(service.url);
  const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${body.length}\r\n\r\n`;
  const early = Array.from({ length: 40 }, (_, n) => n * 47);
  const late = Array.from({ length: 20 }, (_, n) => body.length - 1 - n * 13);
  for (const bytes of [...early, 65_536, 150_000, ...late]) {
    const socket = createConnection(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(head);
    await new Promise((resolve) => socket.write(body.subarray(0, bytes), resolve));
    socket.resetAndDestroy();
  }
  await expect.poll(leftovers).toEqual([]);
  expect(await service.app.database.prisma.mediaItem.count()).toBe(0);
  expect(service.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it('takes several files in the order in which they are used', async () => {
  const own = await startTestService();
  const answer = await sendRaw(own.url, twoFiles(['1', '2']));
  expect(answer).toContain(
    '{"data":{"a":{"__typename":"MediaItem","filename":"1.mp4"},"b":{"__typename":"MediaItem","filename":"2.mp4"}}}',
  );
});

it('says that several files come in the wrong order, instead of waiting for ever', async () => {
  const own = await startTestService();
  const started = performance.now();
  const answer = await sendRaw(own.url, twoFiles(['2', '1']));
  expect(statusOf(answer)).toBe(400);
  expect(answer).toContain('in the order in which the operation uses them');
  expect(performance.now() - started).toBeLessThan(60_000);
});

it.each([
  ['mapped to two places', ['variables.a', 'variables.b'], '$a: Upload!, $b: Upload!', '$b'],
  ['used twice', ['variables.a'], '$a: Upload!', '$a'],
])('refuses one file that is %s, before anything is stored', async (_what, paths, variables, second) => {
  const query = `mutation (${variables}) {
    x: uploadMedia(input: { file: $a, allowDuplicate: true }) { __typename }
    y: uploadMedia(input: { file: ${second}, allowDuplicate: true }) { __typename }
  }`;
  const given = Object.fromEntries(paths.map((path) => [path.slice('variables.'.length), null]));
  const sent = [
    field('operations', JSON.stringify({ query, variables: given })),
    field('map', JSON.stringify({ file: paths })),
  ];
  const answer = await sendRaw(service.url, multipartBody([...sent, file()]));
  expect(statusOf(answer)).toBe(400);
  expect(answer).toContain('BROKEN_UPLOAD');
  expect(await leftovers()).toEqual([]);
});

it('answers before the end of a file that it does not want, and takes the next request', async () => {
  const large = await makeVideo(8_000_000);
  const started = performance.now();
  const refused = await upload(service.url, large, 'a.mp4', { category: 'nowhere' });
  expect(refused.result).toMatchObject({ code: 'UNKNOWN_CATEGORY' });
  expect(performance.now() - started).toBeLessThan(60_000);
  expect((await service.post({ query: '{ __typename }' })).status).toBe(200);
});

it.each([
  ['of another origin', { origin: 'http://evil.example' }, 403],
  ['of a page without an origin', { origin: 'null' }, 403],
  ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['of a neighbouring site', { 'sec-fetch-site': 'same-site' }, 403],
  ['of another origin, which asked before', { origin: 'http://evil.example', 'apollo-require-preflight': '1' }, 400],
  ['of a program', {}, 400],
] as const)('answers an upload %s with %s: %i', async (_what, headers, status) => {
  expect(statusOf(await sendRaw(service.url, multipartBody([]), headers))).toBe(status);
});

it('takes an upload from its own pages', async () => {
  const form = new FormData();
  form.set(
    'operations',
    '{"query":"mutation ($f: Upload!) { uploadMedia(input: {file: $f}) { __typename } }","variables":{"f":null}}',
  );
  form.set('map', '{"0":["variables.f"]}');
  form.set('0', new Blob(['no film']), 'x.mp4');
  const headers = { origin: new URL(service.url).origin, 'sec-fetch-site': 'same-origin' };
  const answer = await answerOf(await fetch(service.url, { method: 'POST', body: form, headers }));
  expect(answer.result).toEqual({ __typename: 'UnsupportedMediaError' });
});

it('takes a file only from a multipart request', async () => {
  const query = 'mutation ($f: Upload!) { uploadMedia(input: {file: $f}) { __typename } }';
  for (const variables of [{ f: null }, { f: 'text' }, { f: {} }]) {
    expect((await service.post({ query, variables })).status).toBe(400);
  }
});

it('refuses an operation of more than a mebibyte', async () => {
  const { status, body } = await service.post({ query: `{ __typename } # ${'x'.repeat(1_100_000)}` });
  expect({ status, body }).toMatchObject({
    status: 413,
    body: { errors: [{ extensions: { code: 'REQUEST_TOO_LARGE' } }] },
  });
});
