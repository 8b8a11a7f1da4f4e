import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sidecarNamesOf } from '../../metadata/facts/sidecar-names.ts';

/** Returns the names of XMP files. Names are mostly of other files, so each folder is looked through once. */
export function sidecarsAmong(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => name.endsWith('.xmp') || name.endsWith('.XMP')));
}

/**
 * Returns what changes when the XMP file beside a file does; null where there is none. `among` are the names that there are;
 * left out: it is looked for.
 */
export function signSidecar(realPath: string, among?: ReadonlySet<string>): string | null {
  for (const name of sidecarNamesOf(basename(realPath))) {
    if (among !== undefined && !among.has(name)) continue;
    const stats = lstat(join(dirname(realPath), name));
    if (stats?.isFile()) return `${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}`;
  }
  return null;
}

function lstat(path: string) {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined; // It is out of reach, and so it cannot be read either.
  }
}
