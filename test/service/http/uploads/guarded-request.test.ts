import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { IncomingFile } from '../../../../src/service/schema/incoming-file.ts';
import { readMultipartOperation } from '../../../../src/service/http/uploads/streaming-uploads.ts';
import { field, filePart, multipartBody } from '../../../support/upload.ts';

type Part = [headers: string, content: string | Buffer];

/** A request with a body that comes in pieces of so many bytes. */
function requestOf(parts: readonly Part[], pieceBytes = Infinity, type = 'multipart/form-data; boundary=x') {
  const body = multipartBody(parts);
  const pieces = Array.from({ length: Math.ceil(body.length / Math.min(pieceBytes, body.length)) }, (_, n) =>
    pieceBytes === Infinity ? body : body.subarray(n * pieceBytes, (n + 1) * pieceBytes),
  );
  const request = Object.assign(Readable.from(pieces), { headers: { 'content-type': type }, complete: true });
  return request as unknown as IncomingMessage;
}

const operations = (names: readonly string[]) =>
  field('operations', JSON.stringify({ query: '', variables: Object.fromEntries(names.map((name) => [name, null])) }));
const mapOf = (map: Record<string, readonly string[]>) => field('map', JSON.stringify(map));
const file = (name: string, content: string) => filePart(name, `${name}.mp4`, Buffer.from(content));

async function read(parts: readonly Part[], pieceBytes?: number, type?: string): Promise<Record<string, string>> {
  const { variables } = await readMultipartOperation(requestOf(parts, pieceBytes, type));
  const contents: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables as Record<string, IncomingFile>)) {
    contents[name] = await text((await value.open()).stream);
  }
  return contents;
}

const one = [operations(['a']), mapOf({ 0: ['variables.a'] }), file('0', 'bytes')];

it.each(['Multipart/Form-Data; boundary=x', 'multipart/form-data ;boundary=x', 'multipart/form-data; boundary="x"'])(
  'reads a body of the type %s',
  async (type) => {
    expect(await read(one, undefined, type)).toEqual({ a: 'bytes' });
  },
);

it('reads a body that comes byte by byte', async () => {
  expect(await read(one, 1)).toEqual({ a: 'bytes' });
});

it.each(['constructor', '__proto__', 'prototype', 'then', 'a.b'])('takes a file with the name %s', async (name) => {
  const map = field('map', `{${JSON.stringify(name)}:["variables.a"]}`);
  expect(await read([operations(['a']), map, file(name, 'bytes')])).toEqual({ a: 'bytes' });
});

it('takes a variable with the name of a member of every object', async () => {
  const map = mapOf({ 0: ['variables.constructor'] });
  expect(await read([operations(['constructor']), map, file('0', 'bytes')])).toEqual({ constructor: 'bytes' });
});

it.each([
  ['a second one of the same name', [file('0', 'first'), file('0', 'again'.repeat(100_000)), file('1', 'second')]],
  ['one that the map does not name', [file('0', 'first'), file('x', 'else'.repeat(100_000)), file('1', 'second')]],
  ['a third field', [file('0', 'first'), field('other', 'text'), file('1', 'second')]],
])('goes on to the next file after %s', async (_what, files) => {
  const map = mapOf({ 0: ['variables.a'], 1: ['variables.b'] });
  // The parser stops at a piece within a file that nobody reads.
  expect(await read([operations(['a', 'b']), map, ...files], 10_000)).toEqual({ a: 'first', b: 'second' });
});

it.each([
  [
    'a path to a method of every object',
    mapOf({ 0: ['variables.toString.polluted'] }),
    'there is no null in that place',
  ],
  ['a path that ends in one', mapOf({ 0: ['variables.toString'] }), 'there is no null in that place'],
  ['two files in one place', mapOf({ 0: ['variables.a'], 1: ['variables.a'] }), 'there is no null in that place'],
])('refuses %s, and changes nothing', async (_what, map, reason) => {
  await expect(read([operations(['a']), map, file('0', 'bytes')])).rejects.toThrow(reason);
  expect(Object.hasOwn(Object.prototype.toString, 'polluted')).toBe(false);
  expect(Object.hasOwn(Object.prototype, 'toString')).toBe(true);
});

it.each<[string, Part[], string]>([
  ['no parts', [], 'The field "operations" is missing.'],
  ['a malformed header', [['\0\0\0', ''], ...one], 'The body is no multipart: Malformed part header.'],
  ['no map', [operations(['a'])], 'The field "map" is missing.'],
  ['a file before the map', [operations(['a']), file('0', 'bytes')], 'A file comes before the field "map".'],
  ['a third field before the map', [field('x', ''), ...one], 'The body has other fields before "map".'],
])('says what is wrong with a body with %s', async (_what, parts, reason) => {
  await expect(read(parts)).rejects.toMatchObject({
    code: 'BAD_MULTIPART_REQUEST',
    message: expect.stringContaining(reason),
  });
});

it('reads no file beyond two hundred parts', async () => {
  const names = Array.from({ length: 210 }, (_, n) => `x${n}`);
  const parts = [
    operations(['a']),
    mapOf({ 0: ['variables.a'] }),
    ...names.map((name) => file(name, '')),
    file('0', ''),
  ];
  await expect(read(parts)).rejects.toMatchObject({
    code: 'BROKEN_UPLOAD',
    message: 'The map names a file that is not in the request.',
  });
});
