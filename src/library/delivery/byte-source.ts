import type { Readable } from 'node:stream';

/** Bytes of a file, counted from 0, both ends included, as in `Content-Range`. An empty file has no range. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A readable whose consumer may return chunks that it is done with. */
export interface ByteStream extends Readable {
  /**
   * Returns a chunk's memory, to be filled again; the caller must not read the chunk any more. A consumer that never
   * calls this keeps its chunks and costs fresh memory instead.
   */
  recycle?(chunk: Buffer): void;
}

/**
 * One version of one file, wherever its bytes come from. Its size, date and tag hold for every range that is opened
 * from it; a source that cannot keep that promise breaks the stream.
 */
export interface ByteSource {
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
  /** A media type, such as `video/mp4`. */
  readonly contentType: string;
  /** The tag with its quotes, and with `W/` where it is weak (RFC 9110 §8.8.3). */
  readonly etag: string;
  /** All of them, where they are few and in memory as it is: they are sent in one piece. */
  readonly bytes?: Buffer;
  open(range: ByteRange, signal: AbortSignal): ByteStream | Promise<ByteStream>;
  /** Destroys the streams that are still open, and frees what the source holds. */
  close(): Promise<void>;
}

/** Bytes counted from 0, both ends included; an `end` of null is the end of the file. */
export interface ExpectedRange {
  start: number;
  end: number | null;
}
