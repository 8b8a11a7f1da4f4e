import type { Readable } from 'node:stream';

/** A bucket of a store that speaks S3. Its functions throw ObjectStorageError. */
export interface ObjectStore {
  readonly bucket: string;
  /**
   * Stores an object, in parts where it is large; the store compares each with its SHA-256. An error of the body itself is
   * thrown as it is.
   */
  put(object: NewObject, signal?: AbortSignal): Promise<void>;
  /** Returns the object's size in bytes; null where there is no such object. */
  sizeOf(key: string): Promise<number | null>;
  /** Removes the objects; keys without an object are fine. */
  remove(keys: readonly string[]): Promise<void>;
  /** Returns a URL that anybody may GET for a while. */
  presign(key: string): Promise<string>;
  /** Rejects where the bucket cannot be used. */
  check(): Promise<void>;
  close(): void;
}

interface NewObject {
  key: string;
  contentType: string;
  body: Readable;
}
