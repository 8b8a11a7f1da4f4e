import type { Readable } from 'node:stream';

/** What lies directly in a folder of the upstream. */
export interface FolderListing {
  files: { name: string; sizeBytes: number }[];
  folders: string[];
}

/** What copyparty is asked for where it may pack an archive. Paths are its own, unescaped. */
export interface ArchiveUpstream {
  /** Rejects where there is no such folder, it is not shown, or copyparty does not answer as it should. */
  list(folderPath: string, signal: AbortSignal): Promise<FolderListing>;
  /**
   * A zip of the whole folder, at any depth, whose names begin with the folder's own; or of the files of these names in
   * it, by their names alone. Its end is not proven by a length. Rejects where there is none.
   */
  openZip(folderPath: string, names: readonly string[] | null, signal: AbortSignal): Promise<Readable>;
}
