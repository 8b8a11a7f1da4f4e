import { isDeepStrictEqual } from 'node:util';
import type { CategoryConfig, MediaConfig } from './media-config.ts';

/** Holds the media configuration that is in force, for a process that outlives edits of the file. */
export interface MediaConfigStore {
  current(): MediaConfig;
  /** When the file was last read and found good. */
  loadedAt(): Date;
  findCategory(key: string): CategoryConfig | undefined;
  /**
   * Reads the file again and returns what is in force then. Calls that overlap share one read. A file that does not
   * load changes nothing: the last good configuration stays, and the promise rejects with what `load` threw.
   */
  reload(): Promise<MediaConfig>;
  /** Calls the listener after each reload that changed something; returns the function that ends that. */
  onChange(listener: MediaConfigListener): () => void;
}

export type MediaConfigListener = (config: MediaConfig) => void;

export interface MediaConfigLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

interface MediaConfigStoreOptions {
  load: () => Promise<MediaConfig>;
  log: MediaConfigLog;
}

/** Loads the configuration a first time; a file that does not load is an error here, as there is nothing to keep. */
export async function createMediaConfigStore({ load, log }: MediaConfigStoreOptions): Promise<MediaConfigStore> {
  const listeners = new Set<MediaConfigListener>();
  let current = await load();
  let loadedAt = new Date();
  let reloading: Promise<MediaConfig> | undefined;
  logWarnings(current, log);

  async function loadAgain(): Promise<MediaConfig> {
    const next = await load().catch((error: unknown) => {
      log.error({ err: error, path: current.path }, 'The media configuration does not load; the last good one stays');
      throw error;
    });
    loadedAt = new Date();
    if (isDeepStrictEqual(next, current)) return current;
    current = next;
    log.info({ path: next.path, categories: next.categories.length }, 'The media configuration was reloaded');
    logWarnings(next, log);
    for (const listener of listeners) notify(listener, next, log);
    return next;
  }

  return {
    current: () => current,
    loadedAt: () => loadedAt,
    findCategory: (key) => current.categories.find((category) => category.key === key),
    reload() {
      reloading ??= loadAgain().finally(() => {
        reloading = undefined;
      });
      return reloading;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function logWarnings({ path, warnings }: MediaConfig, log: MediaConfigLog): void {
  for (const warning of warnings) log.warn({ path }, warning);
}

/** The configuration is in force already: a listener that fails must neither undo that nor keep it from the others. */
function notify(listener: MediaConfigListener, config: MediaConfig, log: MediaConfigLog): void {
  try {
    listener(config);
  } catch (error) {
    log.error({ err: error }, 'A listener failed on the new media configuration');
  }
}
