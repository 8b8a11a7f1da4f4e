import { UpstreamArchiveError } from './archive-errors.ts';

const endBytes = 22;
const locatorBytes = 20;
const zip64EndBytes = 56;

interface ZipEnd {
  entryCount: number;
  directoryBytes: number;
  directoryOffset: number;
  /** How many bytes of the tail the end record and its locator have. */
  recordBytes: number;
}

/**
 * Checks that `tail`, which is all that follows the last entry's bytes, is a directory of that many entries and its end
 * (APPNOTE 4.3.12 to 4.3.16), and nothing else. Throws UpstreamArchiveError.
 */
export function checkZipEnd(tail: Buffer, tailOffset: number, entryCount: number): void {
  const end = readEnd(tail);
  if (end === null) throw new UpstreamArchiveError('it ends before its directory does');
  const isWhole =
    end.entryCount === entryCount &&
    end.directoryOffset === tailOffset &&
    end.directoryBytes === tail.length - end.recordBytes;
  if (!isWhole) throw new UpstreamArchiveError('its directory does not fit its entries');
}

function readEnd(tail: Buffer): ZipEnd | null {
  const at = tail.length - endBytes;
  if (at < 0 || tail.readUInt32LE(at) !== 0x06054b50) return null;
  const small = {
    entryCount: tail.readUInt16LE(at + 10),
    directoryBytes: tail.readUInt32LE(at + 12),
    directoryOffset: tail.readUInt32LE(at + 16),
    recordBytes: endBytes,
  };
  return readZip64End(tail, at - locatorBytes - zip64EndBytes) ?? small;
}

function readZip64End(tail: Buffer, at: number): ZipEnd | null {
  if (at < 0 || tail.readUInt32LE(at) !== 0x06064b50) return null;
  if (tail.readUInt32LE(at + zip64EndBytes) !== 0x07064b50) return null;
  return {
    entryCount: Number(tail.readBigUInt64LE(at + 32)),
    directoryBytes: Number(tail.readBigUInt64LE(at + 40)),
    directoryOffset: Number(tail.readBigUInt64LE(at + 48)),
    recordBytes: zip64EndBytes + locatorBytes + endBytes,
  };
}
