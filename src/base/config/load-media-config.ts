import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MediaConfigMissingError, MediaConfigUnreadableError } from './config-errors.ts';
import type { MediaConfig } from './media-config.ts';
import { parseMediaConfig } from './parse-media-config.ts';

const maxSizeBytes = 1024 * 1024;

/** The smallest file that loads. */
const minimalExample = `version: 2
categories:
  - key: movies
    label: Movies
    default: true
    root_path: /srv/media/Movies
`;

/**
 * Reads and checks the media configuration.
 *
 * @throws {MediaConfigMissingError} where there is no such file, {MediaConfigUnreadableError} where it is no file of at
 *   most 1 MiB of UTF-8 that this process may read, {MediaConfigError} where it breaks the format.
 */
export async function loadMediaConfig(path: string): Promise<MediaConfig> {
  const absolutePath = resolve(path);
  return parseMediaConfig(await readText(absolutePath), absolutePath);
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    const stats = await stat(path);
    // Reading a pipe or a device might never end.
    if (!stats.isFile())
      throw new MediaConfigUnreadableError(path, 'it is no file; MEDIA_CONFIG must name a YAML file.');
    if (stats.size > maxSizeBytes) {
      const reason = `it has ${stats.size} bytes, and a media configuration has at most ${maxSizeBytes}.`;
      throw new MediaConfigUnreadableError(path, reason);
    }
    bytes = await readFile(path);
  } catch (error) {
    throw explainReadFailure(path, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MediaConfigUnreadableError(path, 'it is not in UTF-8; save it as UTF-8.', { cause });
  }
}

function explainReadFailure(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new MediaConfigMissingError(path, minimalExample);
    case 'EACCES':
    case 'EPERM':
      return new MediaConfigUnreadableError(path, 'this process may not read it; give its user read permission.', {
        cause: error,
      });
    default:
      return error;
  }
}
