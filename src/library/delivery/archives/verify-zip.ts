import { UpstreamArchiveError } from './archive-errors.ts';
import { checkZipEnd } from './check-zip-end.ts';
import { createChunkReader, type ChunkReader } from './chunk-reader.ts';

const signature = { entry: 0x04034b50, descriptor: 0x08074b50, directory: 0x02014b50 };
const headerBytes = 26; // an entry's header after its signature
const max32BitSize = 0xfffffffe;
// A directory entry has 46 bytes, a name, and a few fields.
const maxDirectoryBytesPerEntry = 46 + 4096 + 256;

/**
 * Passes on a zip of stored files as it comes and compares it with what was expected: exactly these names, each with
 * that many bytes. The directory, without which no program takes the bytes for a zip, follows only when everything
 * fits; otherwise this throws UpstreamArchiveError.
 *
 * copyparty announces no length and closes the connection at the end, so a cut is no error to HTTP; and it leaves out a
 * file that it cannot read, with a note in the zip, or leaves it in with the wrong length.
 */
export async function* verifyZip(
  source: AsyncIterable<Buffer>,
  expectedSizes: ReadonlyMap<string, number>,
  toRelativePath: (entryName: string) => string,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const reader = createChunkReader(chunks);
  const missing = new Map(expectedSizes);
  let position = 0;
  try {
    for (;;) {
      const mark = await takeWhole(reader, 4);
      if (mark.readUInt32LE() === signature.directory) {
        if (missing.size > 0) throw new UpstreamArchiveError(`"${[...missing.keys()][0]}" is not in it`);
        const tail = await takeTail(reader, mark, (expectedSizes.size + 1) * maxDirectoryBytesPerEntry);
        checkZipEnd(tail, position, expectedSizes.size);
        yield tail;
        return;
      }
      if (mark.readUInt32LE() !== signature.entry) throw new UpstreamArchiveError(`byte ${position} begins no entry`);
      for await (const part of passEntry(reader, mark, missing, toRelativePath)) {
        position += part.length;
        yield part;
      }
    }
  } finally {
    await chunks.return?.();
  }
}

/** Passes on one entry: header, bytes, and the descriptor where there is one (APPNOTE 4.3.7 to 4.3.9). */
async function* passEntry(
  reader: ChunkReader,
  mark: Buffer,
  missing: Map<string, number>,
  toRelativePath: (entryName: string) => string,
): AsyncGenerator<Buffer> {
  const header = await takeWhole(reader, headerBytes);
  const nameBytes = header.readUInt16LE(22);
  const nameAndExtra = await takeWhole(reader, nameBytes + header.readUInt16LE(24));
  const name = nameAndExtra.toString('utf8', 0, nameBytes);
  const sizeBytes = missing.get(toRelativePath(name));
  if (sizeBytes === undefined)
    throw new UpstreamArchiveError(`it has "${name}", which was not asked for or comes twice`);
  if (header.readUInt16LE(4) !== 0) throw new UpstreamArchiveError(`"${name}" is compressed`);
  missing.delete(toRelativePath(name));
  yield Buffer.concat([mark, header, nameAndExtra]);

  for (let left = sizeBytes; left > 0;) {
    const part = await reader.takeSome(left);
    if (part === null) throw new UpstreamArchiveError(`it ends ${left} bytes before the end of "${name}"`);
    left -= part.length;
    yield part;
  }
  const hasDescriptor = (header.readUInt16LE(2) & 8) !== 0;
  if (hasDescriptor) yield await takeDescriptor(reader, name, sizeBytes);
}

async function takeDescriptor(reader: ChunkReader, name: string, sizeBytes: number): Promise<Buffer> {
  const isLarge = sizeBytes > max32BitSize;
  const descriptor = await takeWhole(reader, isLarge ? 24 : 16);
  const packedBytes = isLarge ? Number(descriptor.readBigUInt64LE(8)) : descriptor.readUInt32LE(8);
  if (descriptor.readUInt32LE() !== signature.descriptor || packedBytes !== sizeBytes) {
    throw new UpstreamArchiveError(`"${name}" has another length than the folder's listing said`);
  }
  return descriptor;
}

async function takeWhole(reader: ChunkReader, length: number): Promise<Buffer> {
  const bytes = await reader.take(length);
  if (bytes === null) throw new UpstreamArchiveError('it ends before its directory');
  return bytes;
}

async function takeTail(reader: ChunkReader, begin: Buffer, maxBytes: number): Promise<Buffer> {
  const parts = [begin];
  for (let total = begin.length; ;) {
    const part = await reader.takeSome(maxBytes);
    if (part === null) return Buffer.concat(parts);
    parts.push(part);
    total += part.length;
    if (total > maxBytes) throw new UpstreamArchiveError('its directory has no end');
  }
}
