import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { ReceivedFile } from './receive-upload.ts';

/** A file that stands in its category's folder. */
export interface PlacedFile {
  /** Path below the category's root. */
  relativePath: string;
  sizeBytes: number;
  modifiedNs: bigint;
  /** Removes the file again. */
  undo(): Promise<void>;
  /** Called when the row is stored; removes what only helped to place the file. */
  settle?(): Promise<void>;
}

/** Where uploads end: the disk, or copyparty. */
export interface UploadTarget {
  /**
   * Puts the file into that folder of the category (from its root, '' for the root itself), which is made where it is
   * missing, under the first of the names that is free, and never over another file. The received file itself stays. Throws StorageError; then nothing is left of it in the root.
   */
  place(
    file: ReceivedFile,
    category: Pick<CategoryConfig, 'key' | 'rootPath' | 'copypartyPath'>,
    names: AsyncIterable<string>,
    folder?: string,
  ): Promise<PlacedFile>;
  /**
   * The file that an earlier process has placed, under the name or a numbered one, before it was killed; null where it has
   * not. Without this method, a kill between placing the file and storing its row leaves a file that the next scan finds.
   */
  findPlaced?(
    file: ReceivedFile,
    category: Pick<CategoryConfig, 'rootPath'>,
    name: string,
    folder?: string,
  ): Promise<PlacedFile | null>;
}
