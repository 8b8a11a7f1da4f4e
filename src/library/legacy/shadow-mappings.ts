import { join } from 'node:path';
import { isWindowsPath } from '../../base/config/root-path.ts';
import type { PathMapping } from './map-path.ts';
import { shadowPathOf } from './write-shadow-files.ts';

/** Gathers the mappings by which a migration finds shadow files in place of the real ones. */
export interface ShadowMappings {
  add(legacyPath: string): void;
  /** The mappings that all added paths need, each once. */
  list(): PathMapping[];
}

/** `folder` is the absolute path of the tree of shadow files. */
export function createShadowMappings(folder: string): ShadowMappings {
  const mappings = new Map<string, PathMapping>();
  return {
    add(legacyPath) {
      const mapping = shadowPathOf(legacyPath) === null ? null : mappingOf(legacyPath, folder);
      if (mapping !== null) mappings.set(mapping.from, mapping);
    },
    list: () => [...mappings.values()],
  };
}

/** Maps the shortest beginning that has a folder of its own: `D:\`, `\\server\share`, `/`, or the first folder. */
function mappingOf(legacyPath: string, folder: string): PathMapping | null {
  if (!isWindowsPath(legacyPath)) {
    if (legacyPath.startsWith('/')) return { from: '/', to: folder };
    const [first, ...others] = legacyPath.split('/');
    return others.length === 0 || first === undefined ? null : { from: first, to: join(folder, first) };
  }
  const [first = '', second = ''] = legacyPath.split(/[\\/]+/).filter((segment) => segment !== '');
  if (!legacyPath.startsWith('\\\\')) {
    const drive = first.toUpperCase();
    return { from: `${drive}\\`, to: join(folder, drive.replaceAll(':', '')) };
  }
  return { from: `\\\\${first}\\${second}`, to: join(folder, first, second) };
}
