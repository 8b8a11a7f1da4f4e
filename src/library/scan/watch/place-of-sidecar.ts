import { dirname } from 'node:path/posix';
import type { ChangedPlace } from './root-listener.ts';

/** An XMP file changes what is known of the files beside it: its folder is scanned in its place. */
export function placeOfSidecar(changed: ChangedPlace): ChangedPlace {
  if (!/\.xmp$/i.test(changed.place)) return changed;
  const folder = dirname(changed.place);
  return { place: folder === '.' ? '' : folder, mayBeFolder: true };
}
