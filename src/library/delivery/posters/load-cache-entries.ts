import type { Stats } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCacheEntryName, type CacheEntry } from './cache-entry.ts';

/**
 * Loads the entries that earlier processes left in the cache, the least recently used first. The older one of two
 * entries for one key, which a kill may leave, is removed.
 */
export async function loadCacheEntries(folder: string): Promise<CacheEntry[]> {
  const entries: CacheEntry[] = [];
  // Folders are read one after the other: the first requests share the thread pool with this.
  for (const shard of await listFolder(folder)) entries.push(...(await loadShard(join(folder, shard))));
  return entries.sort((a, b) => a.lastUsedMs - b.lastUsedMs);
}

async function loadShard(folder: string): Promise<CacheEntry[]> {
  const names = await listFolder(folder);
  const found = await Promise.all(names.map((name) => loadFile(folder, name)));
  const newest = new Map<string, FoundEntry>();
  for (const file of found.filter((file) => file !== null).sort((a, b) => a.modifiedMs - b.modifiedMs)) {
    const older = newest.get(file.entry.key);
    if (older !== undefined) await removeLeftover(older.path);
    newest.set(file.entry.key, file);
  }
  return Array.from(newest.values(), ({ entry }) => entry);
}

interface FoundEntry {
  entry: CacheEntry;
  path: string;
  modifiedMs: number;
}

async function loadFile(folder: string, name: string): Promise<FoundEntry | null> {
  const path = join(folder, name);
  const stats = await findStats(path);
  if (stats === null) return null;
  const hashes = parseCacheEntryName(name);
  if (hashes === null) return null;
  const entry = { ...hashes, sizeBytes: stats.size, lastUsedMs: stats.atimeMs };
  return { entry, path, modifiedMs: stats.mtimeMs };
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // The folder does not exist yet, or is none of this cache: what cannot be listed holds nothing to serve.
    return [];
  }
}

async function findStats(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null); // removed meanwhile by another process
}

/** A leftover that cannot be removed takes space and does no other harm. */
async function removeLeftover(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
