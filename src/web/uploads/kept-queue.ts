import type { UploadEntry } from './entry.ts';
import type { FileHandle, KeptHandle } from './dropped.ts';

/** A file of the queue as it is kept: the bytes are not, the way to them is where the browser gives one. */
interface KeptEntry {
  entry: UploadEntry;
  handle: FileHandle | null;
}

/** The queue in the browser's own database: it is there after a reload and after a crash. */
export interface KeptQueue {
  put(kept: readonly KeptEntry[], roots?: ReadonlyMap<string, KeptHandle>): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  read(): Promise<{ kept: KeptEntry[]; roots: Map<string, KeptHandle> }>;
}

/** Opens it; a browser that keeps nothing, as in a private window, works without. */
export async function openKeptQueue(): Promise<KeptQueue> {
  const database = await open().catch(() => null);
  if (database === null) return forgetful;
  return {
    put: (kept, roots = new Map()) =>
      write(database, (entries, folders) => {
        for (const each of kept) entries.put(each, each.entry.id);
        for (const [id, handle] of roots) folders.put([id, handle], id);
      }),
    remove: (ids) => write(database, (entries) => ids.forEach((id) => entries.delete(id))),
    async read() {
      const transaction = database.transaction(['entries', 'roots']);
      const [kept, named] = await Promise.all([
        result<KeptEntry[]>(transaction.objectStore('entries').getAll()),
        result<[string, KeptHandle][]>(transaction.objectStore('roots').getAll()),
      ]);
      const roots = new Map(named);
      if (kept.length === 0 && roots.size > 0) await write(database, (_entries, folders) => folders.clear());
      return { kept, roots };
    },
  };
}

const forgetful: KeptQueue = {
  put: async () => undefined,
  remove: async () => undefined,
  read: async () => ({ kept: [], roots: new Map() }),
};

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('mediashelf-uploads', 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('entries');
    request.result.createObjectStore('roots');
  });
  return result(request);
}

function write(database: IDBDatabase, change: (entries: IDBObjectStore, roots: IDBObjectStore) => void): Promise<void> {
  const transaction = database.transaction(['entries', 'roots'], 'readwrite');
  change(transaction.objectStore('entries'), transaction.objectStore('roots'));
  return new Promise((resolve) => {
    transaction.addEventListener('complete', () => resolve());
    // The queue goes on in memory: what is lost is that it survives.
    transaction.addEventListener('abort', () => resolve());
  });
}

function result<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the database of the browser failed')));
  });
}
