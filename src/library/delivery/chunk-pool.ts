/**
 * Size of a chunk. With 64 KiB, the default of fs streams, the round trips to the thread pool halve the throughput; and
 * as a client that reads slowly holds two chunks, two hundred such clients would hold more than 100 MB with 256 KiB.
 */
export const chunkBytes = 192 * 1024;

// The pool keeps 6 MiB; chunks beyond that go to the garbage collector.
const maxFree = 32;
const free: Buffer[] = [];

/**
 * Returns memory to read into, at least one byte and not cleared. All streams share the pool: fresh memory for each
 * request kept the garbage collector busy for a fifth of the time. A caller that has no use for more than `maxBytes`
 * may get less than a whole chunk.
 */
export function takeChunk(maxBytes: number): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(Math.min(chunkBytes, maxBytes));
}

/** Returns a chunk to the pool. Neither the caller nor the system on its behalf may use the chunk any more. */
export function giveChunk(chunk: Buffer): void {
  if (chunk.length === chunkBytes && free.length < maxFree) free.push(chunk);
}
