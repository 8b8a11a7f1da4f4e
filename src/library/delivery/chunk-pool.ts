/**
 * Size of a chunk. 64 KiB, the default of fs streams, halve the throughput by the round trips to the thread pool; and
 * as a client that reads slowly holds two chunks, 256 KiB for two hundred of these make more than 100 MB.
 */
export const chunkBytes = 192 * 1024;

// 6 MiB; what comes back beyond it goes to the garbage collector.
const maxFree = 32;
const free: Buffer[] = [];

/**
 * Memory to read into, of at least one byte and not cleared. It is shared by all streams: fresh memory for each request
 * kept the garbage collector busy for a fifth of the time. A caller that has no use for more than `maxBytes` may get
 * less than a whole chunk.
 */
export function takeChunk(maxBytes: number): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(Math.min(chunkBytes, maxBytes));
}

/** Nobody may look at the chunk any more, neither the caller nor the system on its behalf. */
export function giveChunk(chunk: Buffer): void {
  if (chunk.length === chunkBytes && free.length < maxFree) free.push(chunk);
}
