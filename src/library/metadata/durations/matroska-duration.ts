import { readSync } from 'node:fs';
import type { OpenMediaFile } from '../open-media-file.ts';
import type { FoundDuration } from './count-frames.ts';

/** Clusters have seldom more than 5 MiB or five seconds. */
const tailBytes = 8 * 1024 * 1024;
const headBytes = 64 * 1024;
const clusterId = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);
const timestampScaleId = Buffer.from([0x2a, 0xd7, 0xb1]);
const usualScaleNs = 1_000_000;

/**
 * Returns the duration of a Matroska or WebM file whose header does not say it, as of one that was written into a pipe,
 * by the time of its last block (RFC 9559 section 5.1.3). Null where no cluster is found.
 */
export function findMatroskaDuration(file: OpenMediaFile): FoundDuration | null {
  const head = read(file, 0, headBytes);
  const tail = read(file, Math.max(0, file.sizeBytes - tailBytes), tailBytes);
  const scaleAt = head.indexOf(timestampScaleId);
  const scaleNs = scaleAt === -1 ? usualScaleNs : (readNumber(head, scaleAt + 3) ?? usualScaleNs);
  for (let at = tail.lastIndexOf(clusterId); at > 0; at = tail.lastIndexOf(clusterId, at - 1)) {
    const last = findLastTime(tail, at + clusterId.length);
    if (last !== null) return { seconds: (last * scaleNs) / 1e9, basis: 'counted' };
    // These bytes were those of a cluster by chance.
  }
  return null;
}

/** Reads the time of the last block of a cluster, in ticks of the file; null where what follows is no cluster. */
function findLastTime(bytes: Buffer, start: number): number | null {
  const size = readSize(bytes, start);
  if (size === null) return null;
  const end = Math.min(bytes.length, size.value === null ? Infinity : size.end + size.value);
  let clusterTime: number | null = null;
  let latest = 0;
  for (let position = size.end; position < end;) {
    const id = bytes[position];
    // The elements of a cluster that matter, and those that stand beside them, have an identifier of one byte.
    if (id === undefined || id < 0x80) break;
    const inner = readSize(bytes, position + 1);
    if (inner === null || inner.value === null) break;
    if (id === 0xe7) clusterTime = readNumber(bytes, position + 1);
    // A group holds a block, whose identifier is passed by as the size of a simple block is.
    const block =
      id === 0xa3 ? inner.end : id === 0xa0 && bytes[inner.end] === 0xa1 ? readSize(bytes, inner.end + 1)?.end : null;
    if (clusterTime === null && id !== 0xec && id !== 0xbf) return null;
    if (block !== null && block !== undefined) latest = Math.max(latest, timeOfBlock(bytes, block) ?? 0);
    position = inner.end + inner.value;
  }
  return clusterTime === null ? null : clusterTime + latest;
}

/** A block has the number of its track, of one byte or more, and its time in 16 bits with a sign. */
function timeOfBlock(bytes: Buffer, start: number): number | null {
  const track = readSize(bytes, start);
  return track === null || track.end + 2 > bytes.length ? null : bytes.readInt16BE(track.end);
}

/** Reads a size (RFC 8794 section 4): its value is null where all bits are set, which leaves it open. */
function readSize(bytes: Buffer, start: number): { value: number | null; end: number } | null {
  const first = bytes[start];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (start + length > bytes.length) return null;
  let value = first & (0xff >> length);
  let isOpen = value === 0xff >> length;
  for (const byte of bytes.subarray(start + 1, start + length)) {
    value = value * 256 + byte;
    isOpen &&= byte === 0xff;
  }
  return { value: isOpen ? null : value, end: start + length };
}

/** Reads an element of up to six bytes as a number; `start` is where its size stands. */
function readNumber(bytes: Buffer, start: number): number | null {
  const size = readSize(bytes, start);
  if (size === null || size.value === null || size.value === 0 || size.value > 6) return null;
  return size.end + size.value > bytes.length ? null : bytes.readUIntBE(size.end, size.value);
}

function read({ fd }: OpenMediaFile, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, position));
}
