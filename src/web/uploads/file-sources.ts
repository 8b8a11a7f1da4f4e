import type { FileHandle, KeptHandle } from './dropped.ts';

/** The ways to the bytes of the files in the queue; none of the bytes themselves. */
export interface FileSources {
  readonly roots: ReadonlyMap<string, KeptHandle>;
  handleOf(id: string): FileHandle | null;
  add(id: string, source: { file: File | null; handle: FileHandle | null }): void;
  /** Returns the name under which a root is kept; it may be new. */
  nameRoot(root: KeptHandle): string;
  restore(id: string, handle: FileHandle | null): void;
  restoreRoots(roots: ReadonlyMap<string, KeptHandle>): void;
  has(id: string): boolean;
  /** Null where the file cannot be read any more. */
  open(id: string): Promise<File | null>;
  /** Whether what lies below a root may be read without asking. */
  isReadable(root: string | null): Promise<boolean>;
  /** Asks the person; only a click may do that. */
  askFor(root: string): Promise<boolean>;
  remove(id: string): void;
}

export function createFileSources(): FileSources {
  const files = new Map<string, File>();
  const handles = new Map<string, FileHandle>();
  const roots = new Map<string, KeptHandle>();
  const names = new Map<KeptHandle, string>();
  return {
    roots,
    handleOf: (id) => handles.get(id) ?? null,
    add(id, { file, handle }) {
      if (handle !== null) handles.set(id, handle);
      else if (file !== null) files.set(id, file);
    },
    nameRoot(root) {
      const name = names.get(root) ?? `${Date.now().toString(36)}-${names.size}-${root.name}`;
      names.set(root, name);
      roots.set(name, root);
      return name;
    },
    restore: (id, handle) => handle !== null && void handles.set(id, handle),
    restoreRoots(kept) {
      for (const [name, root] of kept) roots.set(name, root);
    },
    has: (id) => files.has(id) || handles.has(id),
    async open(id) {
      try {
        const file = files.get(id) ?? (await handles.get(id)?.getFile()) ?? null;
        // A file that was removed, or is another one by now, fails with its first byte and not before.
        await file?.slice(0, 1).arrayBuffer();
        return file;
      } catch {
        return null;
      }
    },
    async isReadable(name) {
      const root = name === null ? undefined : roots.get(name);
      return (await root?.queryPermission?.({ mode: 'read' }).catch(() => 'denied')) === 'granted';
    },
    async askFor(name) {
      const answer = await roots
        .get(name)
        ?.requestPermission?.({ mode: 'read' })
        .catch(() => 'denied');
      return answer === 'granted';
    },
    remove(id) {
      files.delete(id);
      handles.delete(id);
    },
  };
}
