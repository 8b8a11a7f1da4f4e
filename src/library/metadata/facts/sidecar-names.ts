import { posix } from 'node:path';

/** Returns the names of XMP files that may belong to a file, the first that is there counts: `IMG.jpg.xmp`, `IMG.xmp`. */
export function sidecarNamesOf(filename: string): string[] {
  const stem = filename.slice(0, filename.length - posix.extname(filename).length);
  return [filename, stem].flatMap((name) => [`${name}.xmp`, `${name}.XMP`]);
}
