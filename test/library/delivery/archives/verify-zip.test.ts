import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { verifyZip } from '../../../../src/library/delivery/archives/verify-zip.ts';
import { readZip } from '../../../support/read-zip.ts';

const files = { 'top/a.jpg': 'first', 'top/b/ä.jpg': 'the second one', 'top/empty': '' };
const sizes = new Map([
  ['a.jpg', 5],
  ['b/ä.jpg', 14],
  ['empty', 0],
]);

describe('an archive of the upstream', () => {
  it.each([1, 3, 1000])('passes as it is, in chunks of %i bytes', async (chunkBytes) => {
    for (const [zip, expected] of [
      [await makeZip(files), sizes],
      [await makeZip({ 'top/a.jpg': Buffer.alloc(100_000) }), new Map([['a.jpg', 100_000]])],
    ] as const) {
      const passed = await verify(zip, { chunkBytes, expected });
      expect(passed.error).toBeNull();
      expect(passed.bytes.equals(zip)).toBe(true);
    }
  });

  it('passes without descriptors, and with the large form of its end', async () => {
    for (const zip of [await makeZip(files, { isBuffered: true }), await makeZip(files, { forceZip64Format: true })]) {
      const passed = await verify(zip);
      expect(passed.error).toBeNull();
      expect(passed.bytes.equals(zip)).toBe(true);
    }
  });

  it('breaks wherever it is cut, and what came through is no zip', async () => {
    for (const zip of [await makeZip(files), await makeZip(files, { forceZip64Format: true })]) {
      for (let length = 0; length < zip.length; length++) {
        const { error, bytes } = await verify(zip.subarray(0, length));
        expect(error).toMatchObject({ code: 'UPSTREAM_ARCHIVE_BROKEN' });
        expect(() => readZip(bytes)).toThrow('no end of the central directory');
      }
    }
  });

  it.each([
    ['has an entry too many', { ...files, 'archive-errors-2026.txt': 'copyparty failed to add' }],
    ['lacks an entry', { 'top/a.jpg': 'first', 'top/empty': '' }],
    ['has another name', { ...files, 'top/empty': undefined, 'top/Empty': '' }],
    ['has an entry that is shorter', { ...files, 'top/b/ä.jpg': 'the second' }],
    ['has an entry that is longer by one', { ...files, 'top/b/ä.jpg': 'the second one!' }],
    ['has a last entry that is longer', { ...files, 'top/empty': '?' }],
    ['has no entries', {}],
  ])('breaks where it %s', async (_, contents) => {
    for (const isBuffered of [true, false]) {
      const { error, bytes } = await verify(await makeZip(contents, { isBuffered }));
      expect(error).toMatchObject({ code: 'UPSTREAM_ARCHIVE_BROKEN' });
      expect(() => readZip(bytes)).toThrow('no end of the central directory');
    }
  });

  it('breaks where an entry comes twice', async () => {
    const zip = await makeZip({ 'top/a.jpg': 'first', 'x/a.jpg': 'first' });
    expect((await verify(zip, { expected: new Map([['a.jpg', 5]]) })).error?.message).toContain('comes twice');
  });

  it('breaks where it is compressed, no zip at all, or goes on after its end', async () => {
    const zip = await makeZip(files);
    const others = [
      await makeZip(files, { compress: true }),
      Buffer.from('<html>403 forbidden</html>'),
      Buffer.concat([zip, Buffer.from('more')]),
      Buffer.concat([Buffer.from('more'), zip]),
      Buffer.concat([zip, zip]),
      Buffer.concat([zip.subarray(0, -22), Buffer.alloc(100_000), zip.subarray(-22)]),
    ];
    for (const other of others) {
      expect((await verify(other)).error).toMatchObject({ code: 'UPSTREAM_ARCHIVE_BROKEN' });
    }
  });

  it('breaks with the error of the connection, and lets go of it when the reader leaves', async () => {
    const zip = await makeZip(files);
    const failing = Readable.from(
      (async function* fail() {
        yield zip.subarray(0, 60);
        throw new Error('reset');
      })(),
    );
    await expect(buffer(Readable.from(verifyZip(failing, sizes, withoutTop)))).rejects.toThrow('reset');
    const endless = new Readable({ read() {} });
    endless.push(zip.subarray(0, 60));
    for await (const chunk of verifyZip(endless, sizes, withoutTop)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(endless.destroyed).toBe(true);
  });
});

function withoutTop(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

interface Verified {
  bytes: Buffer;
  error: Error | null;
}

async function verify(zip: Buffer, { chunkBytes = 7, expected = sizes } = {}): Promise<Verified> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < zip.length; at += chunkBytes) chunks.push(zip.subarray(at, at + chunkBytes));
  const passed: Buffer[] = [];
  try {
    for await (const chunk of verifyZip(Readable.from(chunks), expected, withoutTop)) passed.push(chunk);
    return { bytes: Buffer.concat(passed), error: null };
  } catch (error) {
    return { bytes: Buffer.concat(passed), error: error as Error };
  }
}

interface ZipOptions {
  forceZip64Format?: boolean;
  compress?: boolean;
  /** Sizes before the bytes instead of in a descriptor after them. */
  isBuffered?: boolean;
}

async function makeZip(
  contents: Record<string, string | Buffer | undefined>,
  { forceZip64Format = false, compress = false, isBuffered = false }: ZipOptions = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(contents)) {
    if (content === undefined) continue;
    const bytes = Buffer.from(content as string);
    if (isBuffered) zip.addBuffer(bytes, name, { compress });
    else zip.addReadStream(Readable.from(bytes.length === 0 ? [] : [bytes]), name, { compress, size: bytes.length });
  }
  zip.end({ forceZip64Format, comment: '' });
  return buffer(zip.outputStream);
}
