import type { Readable } from 'node:stream';

/** What lies directly in a folder of the upstream. */
export interface FolderListing {
  files: { name: string; sizeBytes: number }[];
  folders: string[];
}

/** The requests to copyparty where it may pack an archive. Paths are its own, unescaped. */
export interface ArchiveUpstream {
  /** Lists a folder. Rejects where it does not exist or is hidden, or where copyparty does not answer as it should. */
  list(folderPath: string, signal: AbortSignal): Promise<FolderListing>;
  /**
   * Opens a zip of the whole folder, at any depth, whose names begin with the folder's own; or of the files with these
   * names in it, by their names alone. The zip has no announced length. Rejects where copyparty gives no zip.
   */
  openZip(folderPath: string, names: readonly string[] | null, signal: AbortSignal): Promise<Readable>;
}
