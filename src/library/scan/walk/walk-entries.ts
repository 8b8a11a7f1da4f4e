export type WalkErrorCode =
  | 'UNREADABLE_FOLDER'
  | 'UNREADABLE_FILE'
  | 'SYMLINK_OUTSIDE_ROOT'
  | 'BROKEN_SYMLINK'
  | 'NAME_NOT_UTF8'
  | 'PATH_TOO_LONG'
  /** Not a fault: the file is scanned when it rests. */
  | 'STILL_CHANGING';

/**
 * A path that could not be looked at: whatever the catalogue has at this path and below it is neither found nor
 * missing.
 */
export interface WalkError {
  code: WalkErrorCode;
  /** A link counts as a file, whatever it should have led to. */
  kind: 'file' | 'folder';
  /** The path from the root to show to people, as `escapeName` writes it; `.` is the root itself. */
  path: string;
  /**
   * The path to compare with catalogued ones: '' is the root; null where the name is no UTF-8, so that no row can have
   * it.
   */
  relativePath: string | null;
  message: string;
}

/** The result of one walk. */
export interface WalkSummary {
  /**
   * `missing`: nothing is at the root, or another folder took its place while the walk ran. `unreadable`: it is no
   * folder, or cannot be listed. In neither case does the absence of a file mean anything.
   */
  rootState: 'ok' | 'missing' | 'unreadable';
  /** How many regular files were found that the patterns accept, those beyond a limit too. */
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
  /** Whether files were found beyond the limit: they were not looked at. */
  limited: boolean;
  /** Whether the walk was stopped before its end. */
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
