import type { BigIntStats } from 'node:fs';
import type { Logger } from 'pino';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { PathOutsideRootError } from '../../../base/files/file-errors.ts';
import { openInside } from '../../../base/files/open-inside.ts';
import { cacheKeyOfFile } from './cache-keys.ts';
import type { PictureOrigin } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';

export interface FileLocation {
  rootPath: string;
  relativePath: string;
}

/** A file that is there, is regular and lies inside its root. */
export interface FoundFile extends FileLocation {
  /** Identifies the content: a file that was written again, or replaced by another, has another identity. */
  identity: string;
  stats: BigIntStats;
}

/** Returns null for a file that cannot be opened; a path that leads out of its root is also logged. */
export async function findFile({ rootPath, relativePath }: FileLocation, log: Pick<Logger, 'warn'>) {
  try {
    const { handle, stats } = await openInside(rootPath, relativePath);
    await handle.close();
    const identity = [stats.size, stats.mtimeNs, stats.ino].map((part) => part.toString(36)).join('-');
    return { rootPath, relativePath, identity, stats } satisfies FoundFile;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof PathOutsideRootError) log.warn({ err: error }, 'a picture was refused');
    return null;
  }
}

interface FileOriginOptions {
  renderer: PictureRenderer;
  isVersioned: boolean;
  /** Whether a damaged picture is better than the next one in the chain. */
  isTolerant: boolean;
}

export function fileOrigin(
  { rootPath, relativePath, identity }: FoundFile,
  { renderer, isVersioned, isTolerant }: FileOriginOptions,
): PictureOrigin {
  return {
    cacheKey: cacheKeyOfFile(rootPath, relativePath),
    fingerprint: identity,
    isVersioned,
    render: (size, signal) => renderer.render({ kind: 'file', rootPath, relativePath, isTolerant }, size, signal),
  };
}
