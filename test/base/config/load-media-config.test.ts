import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MediaConfigError,
  MediaConfigMissingError,
  MediaConfigUnreadableError,
} from '../../../src/base/config/config-errors.ts';
import { loadMediaConfig } from '../../../src/base/config/load-media-config.ts';

describe('loadMediaConfig', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-config-'));
    path = join(folder, 'config', 'watch_media_dirs.yml');
    await mkdir(join(folder, 'config'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads a file, with a byte order mark and Windows line ends too', async () => {
    await writeFile(
      path,
      '\uFEFFversion: 3\r\ncategories:\r\n  - {key: a, label: Ä, default: true, root_path: media}\r\n',
    );
    const config = await loadMediaConfig(relative(process.cwd(), path));
    expect(config).toMatchObject({ path, version: 3, warnings: [] });
    expect(config.defaultCategory).toMatchObject({ label: 'Ä', rootPath: join(folder, 'media') });
  });

  it('says which file to write where there is none, with an example that loads', async () => {
    const error = await loadMediaConfig(path).catch((error: unknown) => error);
    if (!(error instanceof MediaConfigMissingError)) throw error;
    expect(error).toMatchObject({ code: 'MEDIA_CONFIG_MISSING', path });
    expect(error.message).toContain(`There is no media configuration at ${path}. Create that file`);

    await writeFile(path, error.message.slice(error.message.indexOf('\n\n')));
    expect(await loadMediaConfig(path)).toMatchObject({ categories: [{ key: 'movies' }], warnings: [] });
  });

  it('counts a file as missing where its folder is a file', async () => {
    await writeFile(path, '');
    await expect(loadMediaConfig(join(path, 'inside.yml'))).rejects.toThrow(MediaConfigMissingError);
  });

  it.each([
    [
      'over 1 MiB',
      Buffer.alloc(1024 * 1024 + 1, '#'),
      'it has 1048577 bytes, and a media configuration has at most 1048576',
    ],
    ['in UTF-16', Buffer.from('\uFEFFversion: 2', 'utf16le'), 'it is not in UTF-8'],
  ])('refuses a file %s', async (_, bytes, reason) => {
    await writeFile(path, bytes);
    const loading = loadMediaConfig(path);
    await expect(loading).rejects.toThrow(MediaConfigUnreadableError);
    await expect(loading).rejects.toThrow(`${path} cannot be read: ${reason}`);
  });

  it('refuses a folder', async () => {
    await expect(loadMediaConfig(folder)).rejects.toThrow('it is no file; MEDIA_CONFIG must name a YAML file');
  });

  it('takes a file of exactly 1 MiB', async () => {
    const text = 'version: 2\ncategories: [{key: a, label: A, default: true, root_path: /a}]\n';
    await writeFile(path, text.padEnd(1024 * 1024, '#'));
    expect((await loadMediaConfig(path)).version).toBe(2);
  });

  it('lets the faults of the format through', async () => {
    await writeFile(path, 'version: 2\n');
    await expect(loadMediaConfig(path)).rejects.toThrow(MediaConfigError);
  });
});
