import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { isNetworkFolder } from './is-network-folder.ts';
import type { RootListener } from './root-listener.ts';
import { watchTree } from './watch-tree.ts';

/** A watch on the folder that is at a root now. */
export interface RootWatch {
  /** Whether the system sends events; else changes have to be polled for. */
  readonly hasEvents: boolean;
  /** Whether another folder, which is not watched, or none is there by now. */
  wasReplaced(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Watches a folder and all below it, where possible without what is left out. Throws the system's error where it does
 * not exist.
 */
export async function watchRoot(
  rootPath: string,
  listener: RootListener,
  isLeftOut: (place: string) => boolean,
): Promise<RootWatch> {
  if (!isAbsolute(rootPath)) throw new Error(`${rootPath} is no folder of this machine`);
  const realRoot = await realpath(rootPath);
  const identity = await identify(realRoot);
  const wasReplaced = async () => (await identify(rootPath).catch(() => null)) !== identity;
  if (await isNetworkFolder(realRoot)) return { hasEvents: false, wasReplaced, close: async () => {} };
  const watchAll = process.platform === 'linux' ? watchTree : subscribe;
  const { close, isGone } = await watchAll(realRoot, listener, isLeftOut);
  return { hasEvents: true, wasReplaced: async () => isGone() || (await wasReplaced()), close };
}

/** Watches by a system that itself watches all that is below a folder. */
async function subscribe(
  realRoot: string,
  { onPlaces, onGap }: RootListener,
): Promise<Pick<RootWatch, 'close'> & { isGone(): boolean }> {
  const watcher = await import('@parcel/watcher');
  const subscription = await watcher.subscribe(realRoot, (error, events) => {
    if (error) return onGap(error);
    // The event does not say whether it was a folder, so it may be one.
    onPlaces(events.map(({ path }) => ({ place: relative(realRoot, path).split(sep).join('/'), mayBeFolder: true })));
  });
  return { isGone: () => false, close: () => subscription.unsubscribe() };
}

async function identify(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}
