import type { ThumbnailUpstream } from '../delivery/posters/upstream-thumbnail.ts';
import { discard, type Copyparty } from './copyparty.ts';
import { joinCopypartyPath } from './copyparty-address.ts';
import { UpstreamBrokenError } from './copyparty-errors.ts';
import { mediaTypeOf, readBody } from './read-body.ts';

/**
 * copyparty's thumbnails as WebP, uncropped. Where it cannot make one, it answers with an icon as SVG and status 200; for
 * that, and for whatever else is no raster picture, the result is null. Throws UpstreamBrokenError where it fails.
 */
export function createCopypartyThumbnails(copyparty: Pick<Copyparty, 'get'>): ThumbnailUpstream {
  return {
    async thumbnail(copypartyPath, relativePath, size, signal) {
      const th = size === 'large' ? 'wf3' : 'wf';
      const response = await copyparty.get(joinCopypartyPath(copypartyPath, relativePath), { query: { th }, signal });
      if (response.status === 200 && isRaster(mediaTypeOf(response))) {
        return readBody(response.body, maxThumbnailBytes, 'a thumbnail');
      }
      discard(response);
      if (response.status < 500) return null;
      throw new UpstreamBrokenError(`a thumbnail was answered ${response.status}`);
    },
  };
}

export function isRaster(mediaType: string): boolean {
  return mediaType.startsWith('image/') && !mediaType.startsWith('image/svg');
}

// The largest thumbnail that copyparty makes is 960 by 768 pixels.
const maxThumbnailBytes = 4 * 1024 * 1024;
