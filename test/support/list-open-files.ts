import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const descriptors = '/proc/self/fd';

/** The files below a folder that this process holds open. Linux only. */
export async function listOpenFiles(folder: string): Promise<string[]> {
  const names = await readdir(descriptors);
  const paths = await Promise.all(
    // The descriptor that listed them is gone by now.
    names.map((name) => readlink(join(descriptors, name)).catch(() => '')),
  );
  return paths.filter((path) => path.startsWith(`${folder}/`));
}

/** Throws if files below a folder are still open after half a second. */
export async function waitUntilNoneIsOpen(folder: string): Promise<void> {
  const deadline = Date.now() + 500;
  let open = await listOpenFiles(folder);
  while (open.length > 0) {
    if (Date.now() > deadline) throw new Error(`Still open: ${open.join(', ')}`);
    await setTimeout(10);
    open = await listOpenFiles(folder);
  }
}
