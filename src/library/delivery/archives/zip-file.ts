import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';
import { ZipFile } from 'yazl';

// yazl 3.3 computes checksums in JavaScript, which takes the event loop 2.4 s a GiB; zlib takes 0.2 s.
const resolve = createRequire(createRequire(import.meta.url).resolve('yazl'));
const checksums = resolve('buffer-crc32') as { unsigned: (bytes: Buffer, before?: number) => number };
checksums.unsigned = crc32;

/** Bytes of the field that follows the name in an entry's header. */
export const timeFieldBytes = 9;

interface Entry {
  mtime: Date;
  forceDosTimestamp: boolean;
  getLocalFileHeader(): Buffer;
}

// yazl 3.3 writes the moment of a file (the field "UT" of Info-ZIP) into the directory at the end alone. Info-ZIP's unzip, and
// whatever unpacks a stream, read it from the entry's header, and else take the clock time there for one of their own zone.
const entry = prototypeOfEntries();
const getPlainHeader = entry.getLocalFileHeader;
entry.getLocalFileHeader = function (this: Entry) {
  const header = getPlainHeader.call(this);
  if (this.forceDosTimestamp) return header;
  header.writeUInt16LE(timeFieldBytes, 28);
  const field = Buffer.alloc(timeFieldBytes);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(timeFieldBytes - 4, 2);
  field.writeUInt8(1, 4); // The time of the last modification follows, and no other.
  field.writeInt32LE(Math.floor(this.mtime.getTime() / 1000), 5);
  return Buffer.concat([header, field]);
};

function prototypeOfEntries(): Entry {
  const sample = new ZipFile() as ZipFile & { entries: Entry[] };
  sample.addEmptyDirectory('a/');
  return Object.getPrototypeOf(sample.entries[0]) as Entry;
}

export { ZipFile };
