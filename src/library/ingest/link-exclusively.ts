import { link, open, rename, unlink } from 'node:fs/promises';

/** `taken`: something has that name. */
type LinkOutcome = 'placed' | 'taken' | 'other-filesystem';

/**
 * Gives a file a second name, unless something has that. Where there are no links, as on exFAT and some network shares, the
 * file is renamed, and its first name is gone.
 */
export async function linkExclusively(source: string, target: string): Promise<LinkOutcome> {
  try {
    await link(source, target);
    return 'placed';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'taken';
    // The code comes also between two mounts of one filesystem, as in containers.
    if (code === 'EXDEV') return 'other-filesystem';
    if (withoutLinks.has(code)) return moveExclusively(source, target);
    throw error;
  }
}

const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Takes the name with an empty file first, which the rename replaces. */
export async function moveExclusively(source: string, target: string): Promise<LinkOutcome> {
  try {
    await (await open(target, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    await rename(source, target);
    return 'placed';
  } catch (error) {
    await unlink(target);
    if ((error as NodeJS.ErrnoException).code === 'EXDEV') return 'other-filesystem';
    throw error;
  }
}
