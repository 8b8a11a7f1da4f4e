import { crc32 } from 'node:zlib';

export interface ZipEntry {
  name: string;
  bytes: Buffer;
  /** Of the extended timestamp field; null where the zip has none. */
  modifiedAt: Date | null;
  isUtf8: boolean;
}

/** The entries of a zip of stored files, each held against its checksum. Throws where it is no whole zip. */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = zip.length - 22;
  if (end < 0 || zip.readUInt32LE(end) !== 0x06054b50) throw new Error('no end of the central directory');
  const isLarge = end >= 76 && zip.readUInt32LE(end - 20) === 0x07064b50;
  const count = isLarge ? Number(zip.readBigUInt64LE(end - 76 + 32)) : zip.readUInt16LE(end + 10);
  let at = isLarge ? Number(zip.readBigUInt64LE(end - 76 + 48)) : zip.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error(`entry ${index} has no place in the directory`);
    const nameBytes = zip.readUInt16LE(at + 28);
    const extraBytes = zip.readUInt16LE(at + 30);
    entries.push(readEntry(zip, at, nameBytes, zip.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes)));
    at += 46 + nameBytes + extraBytes + zip.readUInt16LE(at + 32);
  }
  if (at !== (isLarge ? end - 76 : end)) throw new Error('the directory has another length than it says');
  return entries;
}

function readEntry(zip: Buffer, at: number, nameBytes: number, extra: Buffer): ZipEntry {
  const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
  const header = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(header) !== 0x04034b50) throw new Error(`"${name}" does not begin where it should`);
  if (zip.readUInt16LE(at + 10) !== 0) throw new Error(`"${name}" is compressed`);
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  if (crc32(bytes) !== zip.readUInt32LE(at + 16)) throw new Error(`"${name}" has another checksum`);
  return { name, bytes, modifiedAt: readTime(extra), isUtf8: (zip.readUInt16LE(at + 8) & 0x800) !== 0 };
}

function readTime(extra: Buffer): Date | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 0x5455) return new Date(extra.readUInt32LE(at + 5) * 1000);
  }
  return null;
}
