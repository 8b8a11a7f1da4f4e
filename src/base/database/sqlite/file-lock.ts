import SqliteDatabase from 'better-sqlite3';

export interface FileLock {
  release(): void;
}

/**
 * Takes a lock between processes: any number share it, or one has it alone. Returns null where another lock is in the
 * way. The operating system releases the lock when the process ends, however it ends. The file is made where it is
 * missing, and stays. Node has no file locks; SQLite's work on all its systems, and the file serves nothing else.
 */
export function lockFile(path: string, mode: 'shared' | 'exclusive'): FileLock | null {
  const connection = new SqliteDatabase(path, { timeout: 0 });
  try {
    if (mode === 'exclusive') connection.exec('BEGIN EXCLUSIVE');
    else {
      connection.exec('BEGIN');
      // SQLite takes the shared lock with the first read.
      connection.prepare('SELECT count(*) FROM sqlite_master').get();
    }
  } catch (error) {
    connection.close();
    if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => void connection.close() };
}
