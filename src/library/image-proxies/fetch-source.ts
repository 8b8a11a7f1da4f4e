import { mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { ProxyCandidate } from './sql/proxy-candidates.ts';
import type { OpenSource } from '../delivery/choose-source.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { streamToFile } from '../../base/files/stream-to-file.ts';
import { unfinishedName } from '../../base/files/unfinished.ts';
import type { FailedRendering } from './render-proxy.task.ts';

interface FetchedSource {
  file: { rootPath: string; relativePath: string };
  dispose(): Promise<void>;
}

/** Fetches a file that is not on this machine's disk until `dispose` is called, or returns why that failed. */
export type FetchSource = (item: ProxyCandidate, category: CategoryConfig) => Promise<FetchedSource | FailedRendering>;

/** Files that are larger are no pictures. */
const maxBytes = 512 * 1024 * 1024;

export function createFetchSource({ folder, openSource }: { folder: string; openSource: OpenSource }): FetchSource {
  return async ({ relativePath, sizeBytes }, { key: category, rootPath, copypartyPath }) => {
    if (sizeBytes > maxBytes) {
      return {
        kind: 'FAILED',
        code: 'FILE_TOO_LARGE',
        reason: `it has ${sizeBytes} bytes; at most ${maxBytes} are read.`,
      };
    }
    const name = unfinishedName() + extname(relativePath);
    const path = join(folder, name);
    const dispose = () => rm(path, { force: true });
    const { signal } = new AbortController();
    try {
      await mkdir(folder, { recursive: true });
      const file = { category, rootPath, copypartyPath, relativePath, contentType: 'application/octet-stream' };
      const source = await openSource(file, { signal, expected: { start: 0, end: null } });
      try {
        const end = Math.min(source.sizeBytes, maxBytes) - 1;
        if (end >= 0) await streamToFile(path, await source.open({ start: 0, end }, signal));
      } finally {
        await source.close();
      }
      return { file: { rootPath: folder, relativePath: name }, dispose };
    } catch (error) {
      await dispose().catch(() => undefined); // it was never made, or the error that counts is the first
      const failure = toStorageError(error, 'Bringing the image here');
      if (failure instanceof DomainError) return { kind: 'FAILED', code: failure.code, reason: failure.message };
      throw failure;
    }
  };
}
