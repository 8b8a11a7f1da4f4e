import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { isNetworkFolder } from './is-network-folder.ts';

/** A watch on the folder that is at a root now. */
export interface RootWatch {
  /** Whether the system tells of changes; else they have to be looked for. */
  readonly hasEvents: boolean;
  /** Whether another folder, or none, is there by now: that one is not watched. */
  wasReplaced(): Promise<boolean>;
  close(): Promise<void>;
}

interface WatchListener {
  /** Paths from the root, with `/` between their parts. */
  onPlaces(places: string[]): void;
  /** Events were lost: anything may have changed. */
  onGap(error: Error): void;
}

/** Watches a folder and all below it. Throws what the system says where it is not there. */
export async function watchRoot(rootPath: string, { onPlaces, onGap }: WatchListener): Promise<RootWatch> {
  if (!isAbsolute(rootPath)) throw new Error(`${rootPath} is no folder of this machine`);
  const realRoot = await realpath(rootPath);
  const identity = await identify(realRoot);
  const wasReplaced = async () => (await identify(rootPath).catch(() => null)) !== identity;
  if (await isNetworkFolder(realRoot)) return { hasEvents: false, wasReplaced, close: async () => {} };
  const { subscribe } = await import('@parcel/watcher');
  const subscription = await subscribe(realRoot, (error, events) => {
    if (error) onGap(error);
    else onPlaces(events.map(({ path }) => relative(realRoot, path).split(sep).join('/')));
  });
  return { hasEvents: true, wasReplaced, close: () => subscription.unsubscribe() };
}

async function identify(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}
