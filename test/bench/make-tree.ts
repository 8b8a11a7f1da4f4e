import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A tree of small files, 50 in a folder, kept between runs: making it takes longer than what is measured on it. Names
 * are like those of cameras and people, not in the order of their sizes or dates.
 */
export function makeTree(fileCount: number): string {
  const root = join(tmpdir(), `mediashelf-bench-tree-${fileCount}`);
  const done = join(root, '.complete');
  if (existsSync(done)) return root;
  rmSync(root, { recursive: true, force: true });
  const words = ['holiday', 'Paris', 'concert', 'IMG', 'DSC', 'session', 'raw', 'edit'];
  for (let folder = 0; folder < fileCount / 50; folder++) {
    const path = join(
      root,
      `part ${String(folder % 40).padStart(2, '0')}`,
      `folder_${String(folder).padStart(5, '0')}`,
    );
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < 50; file++) {
      const mixed = ((folder * 50 + file) * 2654435761) % 2 ** 32;
      const name = `${words[mixed % words.length]}_${mixed.toString(36)}_${String(file).padStart(3, '0')}.jpg`;
      writeFileSync(join(path, name), 'x'.repeat(mixed % 97));
    }
  }
  writeFileSync(done, '');
  return root;
}
