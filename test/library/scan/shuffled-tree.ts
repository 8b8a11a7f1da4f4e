import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A tree of files whose contents are known, with the changes that people make to such trees. */
export interface ShuffledTree {
  /** Content by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Makes a change of a random kind; every name that it makes is new. */
  change(): Promise<void>;
}

const folders = ['', 'a', 'a/b', 'c', 'd'];

interface Habits {
  /** Files are written aside and renamed, as most programs do, and never in place. */
  replacesFiles: boolean;
}

export function createShuffledTree(
  root: string,
  random: () => number,
  { replacesFiles }: Habits = { replacesFiles: false },
): ShuffledTree {
  const files = new Map<string, string>();
  const thrownAway: string[] = [];
  let made = 0;

  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const anyPath = () => pick([...files.keys()]);
  const newName = () => `n${made++}.jpg`;
  const newContent = () => `content ${made++} ${'x'.repeat(Math.floor(random() * 5))}`;
  const newPath = () => {
    const folder = pick([...folders, ...[...files.keys()].map((path) => dirname(path)).filter((path) => path !== '.')]);
    return folder === '' ? newName() : `${folder}/${newName()}`;
  };

  async function write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    const written = replacesFiles ? `${path}.new` : path;
    await writeFile(join(root, written), content);
    // A system that counts time in ticks gives two files the same one, and a scan that sees them swapped sees no change.
    await utimes(join(root, written), 1_600_000_000, 1_600_000_000 + made++);
    if (replacesFiles) await rename(join(root, written), join(root, path));
    files.set(path, content);
  }

  async function move(from: string, to: string): Promise<void> {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await rename(join(root, from), join(root, to));
    files.set(to, files.get(from) as string);
    files.delete(from);
  }

  const changes: Record<string, () => Promise<void>> = {
    add: () => write(newPath(), newContent()),
    edit: () => write(anyPath(), newContent()),
    copy: () => write(newPath(), files.get(anyPath()) as string),
    move: () => move(anyPath(), newPath()),
    async moveOver() {
      const [from, to] = [anyPath(), anyPath()];
      if (from !== to) await move(from, to);
    },
    async swap() {
      const [a, b] = [anyPath(), anyPath()];
      if (a === b) return;
      const aside = newName();
      await move(a, aside);
      await move(b, a);
      await move(aside, b);
    },
    async remove() {
      const path = anyPath();
      thrownAway.push(files.get(path) as string);
      await rm(join(root, path));
      files.delete(path);
    },
    async restore() {
      if (thrownAway.length > 0) await write(newPath(), pick(thrownAway));
    },
    async renameFolder() {
      const [folder = ''] = [...files.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0]);
      if (folder === '' || !(await readdir(root)).includes(folder)) return;
      const renamed = `f${made++}`;
      await rename(join(root, folder), join(root, renamed));
      for (const [path, content] of Array.from(files)) {
        if (!path.startsWith(`${folder}/`)) continue;
        files.delete(path);
        files.set(renamed + path.slice(folder.length), content);
      }
    },
  };

  return {
    files,
    async change() {
      await (files.size < 8 ? changes.add?.() : pick(Object.values(changes))());
    },
  };
}
