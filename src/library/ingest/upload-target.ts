import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { ReceivedFile } from './receive-upload.ts';

/** A file that stands in its category's folder. */
export interface PlacedFile {
  /** Below the category's root. */
  relativePath: string;
  sizeBytes: number;
  modifiedNs: bigint;
  /** Takes it away again. */
  undo(): Promise<void>;
  /** Called when its row is stored: lets go of what only helped to place it. */
  settle?(): Promise<void>;
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
  /**
   * Where an earlier process has placed the file, under the name or a numbered one, before it was killed; null where it
   * has not. Without this, what a kill leaves between the placing and the row is a file that the next scan finds.
   */
  findPlaced?(file: ReceivedFile, category: Pick<CategoryConfig, 'rootPath'>, name: string): Promise<PlacedFile | null>;
}
