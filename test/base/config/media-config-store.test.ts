import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaConfigError, MediaConfigMissingError } from '../../../src/base/config/config-errors.ts';
import { loadMediaConfig } from '../../../src/base/config/load-media-config.ts';
import {
  createMediaConfigStore,
  type MediaConfigListener,
  type MediaConfigLog,
} from '../../../src/base/config/media-config-store.ts';
import type { MediaConfig } from '../../../src/base/config/media-config.ts';

type LogCall = MediaConfigLog['info'];

describe('createMediaConfigStore', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-config-store-'));
    path = join(folder, 'media.yml');
    await writeConfig('movies');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives the configuration and its categories by key', async () => {
    const { store } = await createStore();
    expect(store.current().categories).toHaveLength(1);
    expect(store.findCategory('movies')).toBe(store.current().categories[0]);
    expect(store.findCategory('tv')).toBeUndefined();
  });

  it('does not come into being without a configuration', async () => {
    await rm(path);
    await expect(createStore()).rejects.toThrow(MediaConfigMissingError);
  });

  it('puts a changed file into force and tells the listeners, until they leave', async () => {
    const { store } = await createStore();
    const staying = vi.fn<MediaConfigListener>();
    const leaving = vi.fn<MediaConfigListener>();
    store.onChange(staying);
    const leave = store.onChange(leaving);

    await writeConfig('tv');
    const config = await store.reload();
    expect(store.current()).toBe(config);
    expect(store.findCategory('movies')).toBeUndefined();
    expect(store.findCategory('tv')).toBeDefined();

    leave();
    await writeConfig('music');
    await store.reload();
    expect(staying.mock.calls).toEqual([[config], [store.current()]]);
    expect(leaving.mock.calls).toEqual([[config]]);
  });

  it('tells nobody of a file that says the same as before', async () => {
    const { store } = await createStore();
    const listener = vi.fn<MediaConfigListener>();
    store.onChange(listener);
    const before = store.current();
    await writeConfig('movies');
    expect(await store.reload()).toBe(before);
    expect(listener).not.toHaveBeenCalled();
  });

  it('keeps the last good configuration where the file is wrong, and takes it once it is right', async () => {
    const { store, log } = await createStore();
    const listener = vi.fn<MediaConfigListener>();
    store.onChange(listener);
    await writeFile(path, 'version: 2\ncategories: []\n');
    await expect(store.reload()).rejects.toThrow(MediaConfigError);
    expect(store.findCategory('movies')).toBeDefined();
    expect(listener).not.toHaveBeenCalled();
    expect(log.error.mock.calls).toEqual([
      [{ err: expect.any(MediaConfigError), path }, 'The media configuration does not load; the last good one stays'],
    ]);

    await writeConfig('tv');
    await store.reload();
    expect(store.findCategory('tv')).toBeDefined();
  });

  it('makes one of the reloads that overlap', async () => {
    const load = vi.fn<() => Promise<MediaConfig>>(() => loadMediaConfig(path));
    const { store } = await createStore(load);
    const listener = vi.fn<MediaConfigListener>();
    store.onChange(listener);
    await writeConfig('tv');
    const [one, other] = await Promise.all([store.reload(), store.reload()]);
    expect(one).toBe(other);
    expect(load).toHaveBeenCalledTimes(2);
    expect(listener).toHaveBeenCalledTimes(1);
    await store.reload();
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('goes on with the other listeners where one fails', async () => {
    const { store, log } = await createStore();
    const failure = new Error('the listener is broken');
    const listener = vi.fn<MediaConfigListener>();
    store.onChange(() => {
      throw failure;
    });
    store.onChange(listener);
    await writeConfig('tv');
    await store.reload();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(log.error.mock.calls).toEqual([[{ err: failure }, 'A listener failed on the new media configuration']]);
  });

  it('logs the warnings of each configuration when it comes into force', async () => {
    await writeConfig('movies', 'colour: red\n');
    const { store, log } = await createStore();
    await store.reload();
    await writeConfig('movies', 'size: 3\n');
    await store.reload();
    expect(log.warn.mock.calls).toEqual([
      [{ path }, expect.stringContaining('colour (line 3) is no known key')],
      [{ path }, expect.stringContaining('size (line 3) is no known key')],
    ]);
  });

  async function createStore(load = () => loadMediaConfig(path)) {
    const log = { info: vi.fn<LogCall>(), warn: vi.fn<LogCall>(), error: vi.fn<LogCall>() };
    return { store: await createMediaConfigStore({ load, log }), log };
  }

  function writeConfig(key: string, rest = '') {
    return writeFile(
      path,
      `version: 2\ncategories: [{key: ${key}, label: Label, default: true, root_path: /srv/media}]\n${rest}`,
    );
  }
});
