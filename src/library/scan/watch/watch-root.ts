import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { isNetworkFolder } from './is-network-folder.ts';
import type { RootListener } from './root-listener.ts';
import { watchTree } from './watch-tree.ts';

/** A watch on the folder that is at a root now. */
export interface RootWatch {
  /** Whether the system reports changes; else they have to be looked for. */
  readonly hasEvents: boolean;
  /** Whether another folder, or none, is there by now: that one is not watched. */
  wasReplaced(): Promise<boolean>;
  close(): Promise<void>;
}

/** Watches a folder and all below it. Throws what the system says where it is not there. */
export async function watchRoot(rootPath: string, listener: RootListener): Promise<RootWatch> {
  if (!isAbsolute(rootPath)) throw new Error(`${rootPath} is no folder of this machine`);
  const realRoot = await realpath(rootPath);
  const identity = await identify(realRoot);
  const wasReplaced = async () => (await identify(rootPath).catch(() => null)) !== identity;
  if (await isNetworkFolder(realRoot)) return { hasEvents: false, wasReplaced, close: async () => {} };
  const watchAll = process.platform === 'linux' ? watchTree : subscribe;
  const { close, isGone } = await watchAll(realRoot, listener);
  return { hasEvents: true, wasReplaced: async () => isGone() || (await wasReplaced()), close };
}

/** Where the system itself watches all that is below a folder. */
async function subscribe(
  realRoot: string,
  { onPlaces, onGap }: RootListener,
): Promise<Pick<RootWatch, 'close'> & { isGone(): boolean }> {
  const watcher = await import('@parcel/watcher');
  const subscription = await watcher.subscribe(realRoot, (error, events) => {
    if (error) return onGap(error);
    // It may be a folder, as far as is known.
    onPlaces(events.map(({ path }) => ({ place: relative(realRoot, path).split(sep).join('/'), mayBeFolder: true })));
  });
  return { isGone: () => false, close: () => subscription.unsubscribe() };
}

async function identify(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}
