import { readSync } from 'node:fs';

export interface HeaderReader {
  /**
   * Returns up to `size` bytes from `offset`; none at the file's end or past a limit. They are valid until the next
   * call.
   */
  read(size: number, offset: number): Uint8Array;
  readonly bytesRead: number;
  /** The limit that ended the reading before the parser had enough. */
  readonly stoppedBy: 'bytes' | 'time' | null;
}

export interface HeaderLimits {
  maxBytes: number;
  /** The time is checked between reads, since parsing is synchronous. */
  maxMs: number;
}

/** Maximum of one read. With 256 KiB the parser takes twice as long: it goes through all that it is given. */
export const chunkBytes = 64 * 1024;

/**
 * Reads an open file here and there, within limits: a parser that finds no end, or jumps to and fro in a broken file,
 * gets no more bytes and makes do with what it has.
 */
export function createHeaderReader(fd: number, { maxBytes, maxMs }: HeaderLimits): HeaderReader {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const deadline = performance.now() + maxMs;
  const nothing = buffer.subarray(0, 0);
  let bytesRead = 0;
  let isRawAudio = false;
  let stoppedBy: HeaderReader['stoppedBy'] = null;

  return {
    read(size, offset) {
      if (isRawAudio && bytesRead >= rawAudioBytes) return nothing;
      if (bytesRead >= maxBytes) stoppedBy = 'bytes';
      else if (performance.now() > deadline) stoppedBy = 'time';
      if (stoppedBy !== null) return nothing;
      const chunk = buffer.subarray(0, readSync(fd, buffer, 0, Math.min(size, chunkBytes), offset));
      if (bytesRead === 0) isRawAudio = beginsRawAudio(chunk);
      bytesRead += chunk.length;
      return chunk;
    },
    get bytesRead() {
      return bytesRead;
    },
    get stoppedBy() {
      return stoppedBy;
    },
  };
}

/**
 * MediaInfo reads PCM to its end, in search of another codec that passes for it (400 ms for ten minutes of it), though
 * the first bytes have shown everything. So ending there does not set `stoppedBy`.
 */
const rawAudioBytes = 1024 * 1024;

function beginsRawAudio(head: Buffer): boolean {
  const form = head.toString('latin1', 0, 4);
  const type = head.toString('latin1', 8, 12);
  switch (form) {
    case 'RIFF':
    case 'RF64':
      return type === 'WAVE';
    case 'FORM':
      return type === 'AIFF' || type === 'AIFC';
    // Sony Wave64, which has GUIDs in the place of the four letters.
    case 'riff':
      return head.readUInt32LE(4) === 0x11cf912e;
    default:
      return false;
  }
}
