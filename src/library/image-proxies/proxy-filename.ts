import { parse } from 'node:path';
import type { ImageProxyFormat } from '../../base/config/image-proxy-profile.ts';
import { cutToBytes } from '../../base/text.ts';
import { extensionOf } from './proxy-target.ts';

/** The name of a proxy's file and, below `proxies/`, of its object: `{stem}_{mediaNumber}_{profile}.jpg` or `.png`. */
export function proxyFilename(
  { id, filename }: { id: number; filename: string },
  profile: string,
  format: ImageProxyFormat,
): string {
  return `${sanitizeStem(filename)}_${id}_${profile}.${extensionOf(format)}`;
}

/** The stem with only letters and digits of any script, and the few signs that no system, shell or URL gives a meaning. */
export function sanitizeStem(filename: string): string {
  const plain = parse(filename)
    .name.normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '_')
    .replaceAll(/^[._-]+|[._-]+$/g, '');
  return cutToBytes(plain, maxStemBytes) || 'image';
}

// A name has at most 255 bytes; the rest of it has up to 60.
const maxStemBytes = 150;
