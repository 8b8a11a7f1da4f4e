import { createHash, type Hash } from 'node:crypto';
import { read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { HashMeter } from './hash-control.ts';

const readAsync = promisify(read);

const loopPartBytes = 256 * 1024;
const aheadPartBytes = 4 * 1024 * 1024;
/** Unit in which bytes that another core has read are hashed. */
const pieceBytes = 32 * 1024;
/** Size of a page of memory: the processor fetches ahead within a page, and not beyond. */
const pageBytes = 4096;

const mib = 1024 ** 2;

/** How many bytes are hashed in each way. */
export const stretches = {
  /** Bytes in the loop before the other way is tried: the loop is the best way for all but large files. */
  firstBytes: 32 * mib,
  /** Bytes in each of the ways, to see which is faster. */
  trialBytes: 24 * mib,
  /** Bytes with reading ahead, where that is faster, before both are tried again: the load of the machine changes. */
  aheadBytes: 512 * mib,
  /** Bytes in the loop, where that is faster: then a trial costs time, so it comes less often. */
  loopBytes: 1024 * mib,
};

/** Each thread has its own memory: it hashes one file after the other. */
let memory: [Buffer, Buffer] | undefined;

export interface Digest {
  sha256: string;
  sizeBytes: number;
}

/** An open file and how far it has been hashed. */
interface Passage {
  readonly fd: number;
  /** The size when the file was opened: bytes beyond it show that the file changed, and are not hashed to their end. */
  readonly expectedBytes: number;
  readonly meter: HashMeter;
  readonly hash: Hash;
  sizeBytes: number;
  hasEnded: boolean;
}

/**
 * Returns the SHA-256 of an open file of that size; null once the meter says to stop. Where the file grows, more bytes
 * than that are hashed, but not many more. It blocks this thread, except where a large file is read ahead while it is
 * hashed: only while nothing else is hashed, and where a trial shows it to be faster, which depends on memory and disk.
 */
export async function digestFile(
  { fd, sizeBytes: expectedBytes }: { fd: number; sizeBytes: number },
  meter: HashMeter,
  { firstBytes, trialBytes, aheadBytes, loopBytes } = stretches,
): Promise<Digest | null> {
  const passage: Passage = { fd, expectedBytes, meter, hash: createHash('sha256'), sizeBytes: 0, hasEnded: false };
  hashInLoop(passage, firstBytes);
  // A trial may be disturbed, so the earlier trials count too, but half.
  let votes = 0;
  while (goesOn(passage)) {
    const looped = hashInLoop(passage, trialBytes);
    if (!meter.isAlone()) continue;
    const ahead = await hashAhead(passage, trialBytes);
    votes = votes / 2 + Math.sign(ahead - looped);
    if (votes > 0) await hashAhead(passage, aheadBytes);
    else hashInLoop(passage, loopBytes);
  }
  return passage.hasEnded ? { sha256: passage.hash.digest('hex'), sizeBytes: passage.sizeBytes } : null;
}

function goesOn({ hasEnded, meter }: Passage): boolean {
  return !hasEnded && !meter.isStopped();
}

/**
 * Hashes about the next `bytes`, or up to the end; fewer once the meter says to stop. Returns the speed in bytes a
 * millisecond.
 */
function hashInLoop(passage: Passage, bytes: number): number {
  const [buffer] = takeMemory();
  const chunk = buffer.subarray(0, loopPartBytes);
  const from = passage.sizeBytes;
  const begun = performance.now();
  while (passage.sizeBytes < from + bytes && goesOn(passage)) {
    const length = readSync(passage.fd, chunk, 0, chunk.length, passage.sizeBytes);
    take(passage, chunk, length);
  }
  return (passage.sizeBytes - from) / (performance.now() - begun);
}

/** Hashes like `hashInLoop` while the next part is being read; the speed counts from when the first part was there. */
async function hashAhead(passage: Passage, bytes: number): Promise<number> {
  if (!goesOn(passage)) return 0;
  let [current, next] = takeMemory();
  const from = passage.sizeBytes;
  let reading = readAsync(passage.fd, current, 0, current.length, from);
  await reading.catch(() => undefined); // awaited again below
  const begun = performance.now();
  while (passage.sizeBytes < from + bytes && goesOn(passage) && passage.meter.isAlone()) {
    const { bytesRead } = await reading;
    const follows = passage.sizeBytes + bytesRead;
    const isLast = bytesRead === 0 || follows >= from + bytes;
    if (!isLast) reading = readAsync(passage.fd, next, 0, next.length, follows);
    takePieces(passage, current, bytesRead);
    [current, next] = [next, current];
  }
  await reading; // nobody may close the file, or use the memory, under a read
  return (passage.sizeBytes - from) / (performance.now() - begun);
}

/** Hashes what was read last, which is nothing at the end of the file. */
function take(passage: Passage, buffer: Buffer, length: number): void {
  passage.hash.update(length === buffer.length ? buffer : buffer.subarray(0, length));
  count(passage, length);
}

/**
 * Hashes what another core has read, whose memory holds it: while a piece is hashed, the pages of the next one are on
 * their way here; otherwise this core would wait for each.
 */
function takePieces(passage: Passage, buffer: Buffer, length: number): void {
  prefetchPages(buffer, 0, Math.min(pieceBytes, length));
  for (let start = 0; start < length; start += pieceBytes) {
    const end = Math.min(start + pieceBytes, length);
    prefetchPages(buffer, end, Math.min(end + pieceBytes, length));
    passage.hash.update(buffer.subarray(start, end));
  }
  count(passage, length);
}

/** Reads one byte of each page, which is enough for the rest to follow. */
function prefetchPages(buffer: Buffer, start: number, end: number): void {
  for (let at = start; at < end; at += pageBytes) Atomics.load(buffer, at); // a plain read might be left out as useless
}

function count(passage: Passage, length: number): void {
  passage.sizeBytes += length;
  passage.hasEnded = length === 0 || passage.sizeBytes > passage.expectedBytes;
  passage.meter.addBytes(length);
}

function takeMemory(): [Buffer, Buffer] {
  // The memory is filled, so that no trial waits for the system to provide it.
  memory ??= [Buffer.allocUnsafeSlow(aheadPartBytes).fill(0), Buffer.allocUnsafeSlow(aheadPartBytes).fill(0)];
  return memory;
}
