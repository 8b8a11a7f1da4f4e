export type WalkErrorCode =
  | 'UNREADABLE_FOLDER'
  | 'UNREADABLE_FILE'
  | 'SYMLINK_OUTSIDE_ROOT'
  | 'BROKEN_SYMLINK'
  | 'NAME_NOT_UTF8'
  | 'PATH_TOO_LONG'
  /** No fault: the file is looked at when it rests. */
  | 'STILL_CHANGING';

/**
 * A place that could not be looked at: whatever the catalogue knows at this path and below it is neither found nor
 * missing.
 */
export interface WalkError {
  code: WalkErrorCode;
  /** A link counts as a file, whatever it should have led to. */
  kind: 'file' | 'folder';
  /** The path for people: from the root, as `escapeName` writes it; `.` is the root itself. */
  path: string;
  /**
   * The path for a comparison with catalogued ones: '' is the root; null where the name is no UTF-8, so that no row can
   * have it.
   */
  relativePath: string | null;
  message: string;
}

/** What one walk came to. */
export interface WalkSummary {
  /**
   * `missing`: nothing is at the root, or another folder took its place while the walk ran. `unreadable`: it is no folder,
   * or cannot be listed. In neither case does the absence of a file mean anything.
   */
  rootState: 'ok' | 'missing' | 'unreadable';
  /** Regular files that the patterns accept, as many as were given out. */
  filesFound: number;
  foldersWalked: number;
  /** Folders whose files were not looked at, since nothing was added, removed or renamed in them. */
  foldersUnchanged: number;
  errorCount: number;
  /** Links to a folder above them, or to one that another link led to before. */
  linksNotFollowed: number;
  /** Sockets, FIFOs and devices. */
  specialFilesSkipped: number;
  /** Files that may still be written, and were left for a later walk. */
  stillChanging: number;
  /** The walk ended at its limit: what follows was not looked at. */
  limited: boolean;
  /** The walk was stopped before its end. */
  cancelled: boolean;
}

/** The summary of a walk that has seen nothing yet. */
export function emptyWalkSummary(): WalkSummary {
  return {
    rootState: 'ok',
    filesFound: 0,
    foldersWalked: 0,
    foldersUnchanged: 0,
    errorCount: 0,
    linksNotFollowed: 0,
    specialFilesSkipped: 0,
    stillChanging: 0,
    limited: false,
    cancelled: false,
  };
}
