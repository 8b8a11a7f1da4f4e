import { createHash } from 'node:crypto';
import { cacheKeyOfMetadata } from './cache-keys.ts';
import type { PictureOrigin } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';

/**
 * The names under which metadata may hold a picture, in the order in which they are tried. Case and `_` are ignored.
 */
const posterKeys = ['poster', 'posterdata', 'posterbase64', 'posterimage', 'thumbnail', 'thumbnaildata', 'cover'];

/** Finds the posters inside an item's metadata: data URIs, or bare base64. A URL or a path there is never followed. */
export function findEmbeddedPosters(
  { id, customMetadata }: Pick<PicturedItem, 'id' | 'customMetadata'>,
  renderer: PictureRenderer,
): PictureOrigin[] {
  const entries = Object.entries(customMetadata ?? {}) as [string, unknown][];
  return posterKeys.flatMap((wanted) =>
    entries.flatMap(([key, value]) => {
      const base64 = key.replaceAll('_', '').toLowerCase() === wanted ? findBase64(value) : null;
      return base64 === null ? [] : [embeddedOrigin(id, key, base64, renderer)];
    }),
  );
}

function embeddedOrigin(id: number, key: string, base64: string, renderer: PictureRenderer): PictureOrigin {
  return {
    cacheKey: cacheKeyOfMetadata(id, key),
    fingerprint: createHash('sha256').update(base64).digest('base64url'),
    isVersioned: true,
    render: (size, signal) => renderer.render({ kind: 'bytes', bytes: Buffer.from(base64, 'base64') }, size, signal),
  };
}

/**
 * Returns the base64 part of a value. Buffer takes anything for base64; decoding shows whether it really is a picture.
 */
function findBase64(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > maxPosterLength) return null;
  const comma = value.startsWith('data:') ? value.indexOf(',') : -1;
  if (comma !== -1) return value.slice(0, comma).endsWith(';base64') ? value.slice(comma + 1) : null;
  return value.length >= minPosterLength && /^[A-Za-z0-9+/_-]+$/.test(value.slice(0, minPosterLength)) ? value : null;
}

// The smallest GIF has 35 bytes; names and paths are seldom that long without a dot or a colon.
const minPosterLength = 48;
const maxPosterLength = 16 * 1024 * 1024;
