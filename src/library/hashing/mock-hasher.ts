import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { openInside } from '../../base/files/open-inside.ts';
import { FileNotFoundError } from './hash-errors.ts';
import type { Hasher } from './hasher.ts';
import type { HashResult } from './hash-files.task.ts';
import type { AllowedPath } from './allowed-path.ts';

export const shadowPrefix = 'shadow_';

interface MockHasherOptions {
  hasher: Hasher;
  /** Returns the hash of a model record whose file has that name. */
  findHash(filename: string): Promise<string | null>;
}

/**
 * Mocks hashes for development: a shadow file, which stands for a file of many gigabytes, gets the hash that the
 * earlier application knew for that name, else one made of the name. It is found under its own name and under that of
 * the file it stands for. Every other file is really hashed.
 */
export function createMockHasher({ hasher, findHash }: MockHasherOptions): Hasher {
  async function mock(shadow: AllowedPath): Promise<HashResult & { ok: true }> {
    const name = basename(shadow.realPath).slice(shadowPrefix.length);
    const { handle, stats } = await openInside(shadow.rootPath, shadow.relativePath);
    await handle.close();
    const { size, mtimeNs } = stats;
    const sha256 = (await findHash(name)) ?? createHash('sha256').update(`dummy_salt_${name}`).digest('hex');
    return { ok: true, sha256, sizeBytes: Number(size), modifiedNs: String(mtimeNs) };
  }

  /** Returns the file itself where it exists, else its shadow. */
  async function resolve(path: string): Promise<AllowedPath> {
    try {
      return await hasher.resolve(path);
    } catch (error) {
      if (!(error instanceof FileNotFoundError)) throw error;
      return hasher.resolve(join(dirname(path), `${shadowPrefix}${basename(path)}`));
    }
  }

  return {
    resolve,
    async hash(path, signal, onBytes) {
      const file = await resolve(path);
      if (!isShadow(file)) return hasher.hash(path, signal, onBytes);
      const hashed = await mock(file);
      onBytes?.(hashed.sizeBytes);
      return { ...hashed, realPath: file.realPath };
    },
    async hashSmall(files, signal) {
      const others = files.filter((file) => !isShadow(file));
      const hashed = others.length === 0 ? [] : await hasher.hashSmall(others, signal);
      const byPath = new Map(others.map((file, index) => [file.realPath, hashed[index] as HashResult]));
      return Promise.all(files.map(async (file) => byPath.get(file.realPath) ?? mock(file)));
    },
  };
}

function isShadow({ realPath }: AllowedPath): boolean {
  return basename(realPath).startsWith(shadowPrefix);
}
