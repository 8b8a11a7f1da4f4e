import { posix } from 'node:path';
import { isWindowsPath } from '../../base/config/root-path.ts';

/** A folder of the machine that the legacy application ran on, and the same folder on this one. */
export interface PathMapping {
  from: string;
  to: string;
}

export type MapPath = (legacyPath: string) => string;

/**
 * Turns legacy paths into paths of this machine. The longest `from` that a path begins with decides, by whole segments;
 * Windows paths are compared in any case and with either separator. A path that no mapping fits stays as it is.
 */
export function createPathMapper(mappings: readonly PathMapping[]): MapPath {
  const findMapping = createMappingFinder(mappings);
  return (legacyPath) => findMapping(legacyPath)?.path ?? legacyPath;
}

/** The same, with the place of the mapping that decides; null where none fits. */
export function createMappingFinder(
  mappings: readonly PathMapping[],
): (legacyPath: string) => { mapping: number; path: string } | null {
  const rules = mappings
    .map(({ from, to }, mapping) => ({ prefix: toSegments(from), to, mapping }))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (legacyPath) => {
    const segments = toSegments(legacyPath);
    const rule = rules.find(({ prefix }) => prefix.every((part, index) => part.key === segments[index]?.key));
    if (rule === undefined) return null;
    const below = segments.slice(rule.prefix.length).map((part) => part.text);
    return { mapping: rule.mapping, path: posix.join(rule.to, ...below) };
  };
}

/** The last segment of a path of whatever system. */
export function filenameOf(path: string): string {
  return toSegments(path).at(-1)?.text ?? path;
}

/** A filename without its extension; a name that is all extension, such as `.hidden`, stays whole. */
export function stemOf(filename: string): string {
  return filename.replace(/(?<=.)\.[^.]*$/, '');
}

export interface Segment {
  text: string;
  /** The same for all spellings that mean the same. */
  key: string;
}

/** The segments of a path of whatever system; the first one, without a text, says of which, and whether it is absolute. */
export function toSegments(path: string): Segment[] {
  const isWindows = isWindowsPath(path);
  const parts = path.split(isWindows ? /[\\/]+/ : /\/+/).filter((part) => part !== '');
  // The first segment distinguishes paths of both kinds, and absolute ones from relative ones.
  const root = isWindows ? 'windows' : path.startsWith('/') ? 'posix' : 'relative';
  return [{ text: '', key: root }, ...parts.map((text) => ({ text, key: isWindows ? text.toLowerCase() : text }))];
}
