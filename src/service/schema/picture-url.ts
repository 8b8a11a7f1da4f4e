import { encodePublicId } from '../../base/public-id.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { pictureVersion } from '../../library/delivery/posters/picture-version.ts';
import { includesRole } from '../access/role.ts';
import type { GraphQLContext } from './context.ts';

/**
 * Returns where a picture of an item is. `route` ends where parameters follow, such as `poster?`. A deleted item's picture
 * is for editors: for them the URL says so, and the signature of it counts.
 */
export function pictureUrl(
  item: Pick<MediaRecord, 'id' | 'signature' | 'updatedAt' | 'shelf'>,
  route: string,
  { viewer }: Pick<GraphQLContext, 'viewer'>,
): string {
  const url = `/media/${encodePublicId('MediaItem', item.id)}/${route}v=${pictureVersion(item)}`;
  return item.shelf.status === 'DELETED' && !isHidden(item, viewer) ? `${url}&deleted=1` : url;
}

/** Whether the caller must not see what an item looks like: it was deleted, and the trash is for editors. */
export function isHidden({ shelf }: Pick<MediaRecord, 'shelf'>, viewer: GraphQLContext['viewer']): boolean {
  return shelf.status === 'DELETED' && (viewer === null || !includesRole(viewer.role, 'EDITOR'));
}
