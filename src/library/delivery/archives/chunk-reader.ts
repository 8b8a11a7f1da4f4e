/** Reads a stream of chunks in pieces of wanted lengths. */
export interface ChunkReader {
  /** Returns exactly that many bytes, in one piece; null where the stream ends before. */
  take(length: number): Promise<Buffer | null>;
  /** Returns the next bytes that are there, at least one and at most that many; null at the stream's end. */
  takeSome(maxBytes: number): Promise<Buffer | null>;
}

export function createChunkReader(chunks: AsyncIterator<Buffer>): ChunkReader {
  let rest: Buffer = Buffer.alloc(0);

  async function takeSome(maxBytes: number): Promise<Buffer | null> {
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done) return null;
      rest = next.value;
    }
    const part = rest.subarray(0, maxBytes);
    rest = rest.subarray(part.length);
    return part;
  }

  return {
    takeSome,
    async take(length) {
      const parts: Buffer[] = [];
      for (let missing = length; missing > 0;) {
        const part = await takeSome(missing);
        if (part === null) return null;
        parts.push(part);
        missing -= part.length;
      }
      return Buffer.concat(parts);
    },
  };
}
