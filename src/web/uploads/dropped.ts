/** Read access that a browser may ask the person for again; TypeScript's library does not know it yet. */
export interface KeptHandle {
  readonly kind: 'file' | 'directory';
  readonly name: string;
  queryPermission?(wish: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(wish: { mode: 'read' }): Promise<PermissionState>;
}

export type FileHandle = KeptHandle & { kind: 'file'; getFile(): Promise<File> };
export type FolderHandle = KeptHandle & { kind: 'directory'; values(): AsyncIterable<FileHandle | FolderHandle> };

/** What was dropped, as far as the event itself can tell: the items are empty after it. */
export type Dropped =
  | { kind: 'handle'; handle: Promise<FileHandle | FolderHandle | null>; file: File | null }
  | { kind: 'entry'; entry: FileSystemEntry }
  | { kind: 'file'; file: File };

/** Takes what a drop or a paste brought, at once: files, and folders of any size, of which nothing is read here. */
export function takeDropped({ items, files }: DataTransfer): Dropped[] {
  const taken = [...items].flatMap((item): Dropped[] => {
    if (item.kind !== 'file') return [];
    const file = item.getAsFile();
    const entry = item.webkitGetAsEntry();
    // Handles outlive a reload, but only pages that came over HTTPS, or from the machine itself, are given them.
    const { getAsFileSystemHandle } = item as {
      getAsFileSystemHandle?: () => Promise<FileHandle | FolderHandle | null>;
    };
    if (getAsFileSystemHandle !== undefined && entry !== null) {
      return [{ kind: 'handle', handle: getAsFileSystemHandle.call(item).catch(() => null), file }];
    }
    if (entry?.isDirectory === true) return [{ kind: 'entry', entry }];
    return file === null ? [] : [{ kind: 'file', file }];
  });
  return taken.length > 0 ? taken : [...files].map((file) => ({ kind: 'file', file }));
}
