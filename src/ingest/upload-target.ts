import type { CategoryConfig } from '../config/media-config.ts';
import type { ReceivedFile } from './receive-upload.ts';

/** A file that stands in its category's folder. */
export interface PlacedFile {
  /** Below the category's root. */
  relativePath: string;
  sizeBytes: number;
  modifiedNs: bigint;
  /** Takes it away again. */
  undo(): Promise<void>;
}

/** Where uploads end: the disk, or copyparty. */
export interface UploadTarget {
  /**
   * Puts the file into the root of the category, under the first of the names that is free, and never over another file.
   * The received file itself stays. Throws StorageError; then nothing is left.
   */
  place(
    file: ReceivedFile,
    category: Pick<CategoryConfig, 'key' | 'rootPath' | 'copypartyPath'>,
    names: AsyncIterable<string>,
  ): Promise<PlacedFile>;
}
