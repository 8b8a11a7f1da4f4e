import { posix } from 'node:path';
import { titleKeyOf } from '../metadata/sort-keys.ts';

/** Returns what a model record is sorted by: its name, else that of its file, whatever system that was on. */
export function nameKeyOf(name: string | null, path: string): string {
  return titleKeyOf(name ?? posix.basename(path.replaceAll('\\', '/')));
}
