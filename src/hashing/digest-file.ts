import { createHash, type Hash } from 'node:crypto';
import { read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { HashMeter } from './hash-control.ts';

const readAsync = promisify(read);

const loopBytes = 256 * 1024;
const aheadBytes = 512 * 1024;

const mib = 1024 ** 2;

/** How many bytes are hashed in which way. */
export const stretches = {
  /** In the loop, before another way is tried: it is the best one for all but large files. */
  firstBytes: 64 * mib,
  /** In each of the ways, to see which is faster. */
  trialBytes: 16 * mib,
  /** In the faster one, before both are tried again: what else the machine does changes. */
  stretchBytes: 1024 * mib,
};

/** One for each thread: it hashes one file after the other. */
let memory: [Buffer, Buffer] | undefined;

export interface Digest {
  sha256: string;
  sizeBytes: number;
}

/** An open file and how far it has been hashed. */
interface Passage {
  readonly fd: number;
  /** As it was when it was opened: what lies behind that says that it changed, and is not hashed to its end. */
  readonly expectedBytes: number;
  readonly meter: HashMeter;
  readonly hash: Hash;
  sizeBytes: number;
  hasEnded: boolean;
}

/**
 * The SHA-256 of an open file of that size, in order; null once the meter says to stop. Of a file that grows, more bytes
 * than that are hashed, but not many more. It blocks this thread, except where a large file is read ahead while it is
 * hashed because a trial shows that to be faster: it depends on the memory, the disk and the other threads.
 */
export async function digestFile(
  { fd, sizeBytes: expectedBytes }: { fd: number; sizeBytes: number },
  meter: HashMeter,
  { firstBytes, trialBytes, stretchBytes } = stretches,
): Promise<Digest | null> {
  const passage: Passage = { fd, expectedBytes, meter, hash: createHash('sha256'), sizeBytes: 0, hasEnded: false };
  hashInLoop(passage, firstBytes);
  while (goesOn(passage)) {
    const looped = await timed(() => hashInLoop(passage, trialBytes));
    const ahead = await timed(() => hashAhead(passage, trialBytes));
    if (ahead < looped) await hashAhead(passage, stretchBytes);
    else hashInLoop(passage, stretchBytes);
  }
  return passage.hasEnded ? { sha256: passage.hash.digest('hex'), sizeBytes: passage.sizeBytes } : null;
}

function goesOn({ hasEnded, meter }: Passage): boolean {
  return !hasEnded && !meter.isStopped();
}

/** The next bytes, about as many as are named, or up to the end; fewer once the meter says to stop. */
function hashInLoop(passage: Passage, bytes: number): void {
  const [buffer] = takeMemory();
  const chunk = buffer.subarray(0, loopBytes);
  const until = passage.sizeBytes + bytes;
  while (passage.sizeBytes < until && goesOn(passage)) {
    const length = readSync(passage.fd, chunk, 0, chunk.length, passage.sizeBytes);
    take(passage, chunk, length);
  }
}

/** The same, while the part that follows is being read. */
async function hashAhead(passage: Passage, bytes: number): Promise<void> {
  if (!goesOn(passage)) return;
  let [current, next] = takeMemory();
  const until = passage.sizeBytes + bytes;
  let reading = readAsync(passage.fd, current, 0, current.length, passage.sizeBytes);
  while (passage.sizeBytes < until && goesOn(passage)) {
    const { bytesRead } = await reading;
    const follows = passage.sizeBytes + bytesRead;
    const isLast = bytesRead === 0 || follows >= until;
    if (!isLast) reading = readAsync(passage.fd, next, 0, next.length, follows);
    take(passage, current, bytesRead);
    [current, next] = [next, current];
  }
  await reading; // nobody may close the file, or use the memory, under a read
}

/** What was read last: nothing at the end of the file. */
function take(passage: Passage, buffer: Buffer, length: number): void {
  passage.hash.update(length === buffer.length ? buffer : buffer.subarray(0, length));
  passage.sizeBytes += length;
  passage.hasEnded = length === 0 || passage.sizeBytes > passage.expectedBytes;
  passage.meter.addBytes(length);
}

/** How many milliseconds it took. */
async function timed(trial: () => void | Promise<void>): Promise<number> {
  const begun = performance.now();
  await trial();
  return performance.now() - begun;
}

function takeMemory(): [Buffer, Buffer] {
  memory ??= [Buffer.allocUnsafeSlow(aheadBytes), Buffer.allocUnsafeSlow(aheadBytes)];
  return memory;
}
