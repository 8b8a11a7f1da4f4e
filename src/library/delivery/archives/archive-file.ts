import type { ByteSource } from '../byte-source.ts';

/** A file to be packed. The path is the catalogue's own: no part of it comes from a request. */
export interface ArchiveFile {
  rootPath: string;
  /** Where copyparty serves the root: begins with a slash, and ends with none unless it is `/` itself. */
  copypartyPath: string;
  /** The key of the category whose root holds it. */
  category: string;
  relativePath: string;
  /** The size as the catalogue has it; the source may know a newer one. */
  sizeBytes: number;
  contentType: string;
}

/** Where the files of archives are found. */
export interface ArchiveFiles {
  /** Returns the files in the order of the IDs; null for each ID without an item. */
  select(publicIds: readonly string[]): Promise<(ArchiveFile | null)[]>;
  /** Returns files in path order, and no more than `limit`. */
  below(categoryKey: string, folder: string, limit: number): Promise<ArchiveFile[]>;
}

/** A file and its name inside the archive. */
export interface ArchiveEntry {
  name: string;
  file: ArchiveFile;
}

export type OpenArchiveSource = (file: ArchiveFile, signal: AbortSignal) => Promise<ByteSource>;
