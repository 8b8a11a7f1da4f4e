import { escapeName } from '../../base/files/escape-name.ts';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { StorageError } from '../../base/errors/storage-error.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { joinCopypartyPath } from './copyparty-address.ts';
import { discard, type Copyparty } from './copyparty.ts';
import { readBody } from './read-body.ts';
import type { UpstreamResponse } from './upstream-response.ts';

interface SentFile {
  path: string;
  sizeBytes: number;
}

interface CategoryRoot {
  rootPath: string;
  copypartyPath: string;
}

interface CopypartyTargetOptions {
  copyparty: Pick<Copyparty, 'put' | 'delete' | 'head'>;
  log: Pick<Logger, 'error'>;
}

/**
 * Places uploads by sending them to copyparty, which never overwrites: of two files of one name it renames the second, and
 * answers with its name. Failures are StorageErrors.
 */
export function createCopypartyTarget({ copyparty, log }: CopypartyTargetOptions) {
  return {
    async place(
      { path, sizeBytes }: SentFile,
      { rootPath, copypartyPath }: CategoryRoot,
      names: AsyncIterable<string>,
      folder = '',
    ) {
      const name = await firstOf(names);
      // Copyparty makes the folders of the path of a file that it is sent.
      const folderPath = folder === '' ? copypartyPath : joinCopypartyPath(copypartyPath, folder);
      // Never aborted: what has arrived whole is placed, also when its client has left.
      const { signal } = new AbortController();
      const body = createReadStream(path, { highWaterMark: 512 * 1024 });
      try {
        const response = await copyparty.put(joinCopypartyPath(folderPath, name), { body, sizeBytes, signal });
        const placedName = await readName(response, folderPath);
        const relativePath = folder === '' ? placedName : `${folder}/${placedName}`;
        const undo = () => remove(joinCopypartyPath(copypartyPath, relativePath));
        try {
          const facts = await describe({ rootPath, copypartyPath }, relativePath, signal);
          if (facts.sizeBytes !== sizeBytes) throw refusal(`it has ${facts.sizeBytes} of ${sizeBytes} bytes`);
          return { relativePath, ...facts, undo };
        } catch (error) {
          await undo();
          throw error;
        }
      } catch (error) {
        throw toRefusal(error);
      } finally {
        body.destroy();
      }
    },
  };

  async function remove(path: string): Promise<void> {
    const { signal } = new AbortController();
    try {
      const response = await copyparty.delete(path, { signal });
      discard(response);
      if (response.status !== 200) throw refusal(`it answers ${response.status} to the deletion of ${path}`);
    } catch (error) {
      log.error({ err: error, path: escapeName(path) }, 'an upload that failed stays on copyparty');
    }
  }

  /** Size and time as a scan will see them, where the disk is the same; else as copyparty reports them. */
  async function describe({ rootPath, copypartyPath }: CategoryRoot, relativePath: string, signal: AbortSignal) {
    const stats = await lstat(join(rootPath, relativePath), { bigint: true }).catch(() => null);
    if (stats?.isFile()) return { sizeBytes: Number(stats.size), modifiedNs: stats.mtimeNs };
    const response = await copyparty.head(joinCopypartyPath(copypartyPath, relativePath), { signal });
    discard(response);
    const modifiedMs = Date.parse(response.headers['last-modified'] ?? '');
    if (response.status !== 200 || Number.isNaN(modifiedMs)) throw refusal('it does not show the file');
    return { sizeBytes: Number(response.headers['content-length']), modifiedNs: BigInt(modifiedMs) * 1_000_000n };
  }
}

/** The name that copyparty gave to the file. Throws StorageError unless it lies in the very folder that it was sent to. */
async function readName({ status, headers, body }: UpstreamResponse, copypartyPath: string): Promise<string> {
  const answer = await readBody(body, 64 * 1024, 'the answer to an upload');
  if (status !== 201) throw refusal(status === 403 ? "the service's user may not write there" : `it answers ${status}`);
  const { pathname } = new URL(headers.location ?? '', 'http://copyparty');
  const path = decodeURIComponent(pathname);
  const folder = joinCopypartyPath(copypartyPath, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!path.endsWith(folder + name) || name === '')
    throw refusal(`its answer names no file: ${answer.toString().slice(0, 80)}`);
  return name;
}

async function firstOf(names: AsyncIterable<string>): Promise<string> {
  for await (const name of names) return name;
  throw new StorageError('There is no free name left for the file: send it under another one.');
}

function refusal(reason: string): StorageError {
  return new StorageError(`The file server behind this service did not store the file: ${reason}.`);
}

function toRefusal(error: unknown): unknown {
  if (!(error instanceof DomainError) || error instanceof StorageError) return error;
  return new StorageError(error.message, { cause: error });
}
