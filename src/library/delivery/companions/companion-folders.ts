import { posix } from 'node:path';
import type { Logger } from 'pino';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { foldName } from '../../companions/fold-name.ts';
import type { FoldedNames } from '../../companions/name-index.ts';
import { createFolderNames } from '../posters/folder-names.ts';

/** Where a category's files are, on this disk and at copyparty. */
interface CompanionRoot {
  rootPath: string;
  copypartyPath: string;
}

interface Listed {
  names: FoldedNames;
  readAtMs: number;
}

interface CompanionFoldersOptions {
  /** Where files come from: a folder that is not on this disk is asked of copyparty. Null where all are on this disk. */
  upstream: {
    /** Whether the disk is not looked at. */
    isAlone: boolean;
    list(
      folderPath: string,
      signal: AbortSignal,
    ): Promise<{ files: readonly { name: string }[]; folders: readonly string[] }>;
  } | null;
  log: Pick<Logger, 'debug'>;
}

export type ListFolderNames = (root: CompanionRoot, folder: string) => Promise<FoldedNames>;

/** Lists folders: those of this disk once for each change, those of copyparty again after a while. */
export function createCompanionFolders({ upstream, log }: CompanionFoldersOptions): ListFolderNames {
  const listHere = createFolderNames();
  const listed = new Map<string, Promise<Listed>>();

  async function ask(path: string): Promise<Listed> {
    const names = new Map<string, string>();
    try {
      const { files, folders } = (await upstream?.list(path, AbortSignal.timeout(maxWaitMs))) ?? {
        files: [],
        folders: [],
      };
      for (const name of [...files.map((file) => file.name), ...folders]) {
        if (!names.has(foldName(name))) names.set(foldName(name), name);
      }
    } catch (error) {
      // There is nothing beside a file whose folder cannot be listed; it may be later.
      if (!(error instanceof DomainError) && !isTimeout(error)) throw error;
      log.debug({ err: error }, 'a folder of copyparty could not be listed');
    }
    return { names, readAtMs: Date.now() };
  }

  async function listThere(path: string): Promise<FoldedNames> {
    const known = await listed.get(path);
    if (known !== undefined && Date.now() - known.readAtMs < keepMs) return known.names;
    const asked = ask(path);
    listed.delete(path);
    listed.set(path, asked);
    const [oldest] = listed.keys();
    if (listed.size > maxListed && oldest !== undefined) listed.delete(oldest);
    return (await asked).names;
  }

  return async ({ rootPath, copypartyPath }, folder) => {
    const here = upstream?.isAlone ? new Map<string, string>() : await listHere({ rootPath, relativePath: folder });
    return here.size > 0 || upstream === null ? here : listThere(posix.join(copypartyPath, folder));
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

const maxWaitMs = 5_000;
const keepMs = 10_000;
const maxListed = 64;
