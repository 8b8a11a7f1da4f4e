import { MediaItem } from './media-item.schema.ts';
import { signedArg } from './signed-arg.ts';
import { isHidden, pictureUrl } from './picture-url.ts';
import { encodePublicId } from '../../base/public-id.ts';
import type { MediaType } from '../../base/config/media-config.ts';
import { builder } from './builder.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { isShownByBrowsers } from '../../library/delivery/shown-by-browsers.ts';
import { pictureVersion } from '../../library/delivery/posters/picture-version.ts';

export const ThumbnailSize = builder.enumType('ThumbnailSize', {
  description: 'How large a thumbnail is at most.',
  values: {
    SMALL: { value: 'small', description: '320 pixels on its longer side.' },
    MEDIUM: { value: 'medium', description: '640 pixels on its longer side.' },
    LARGE: { value: 'large', description: '960 pixels on its longer side.' },
    SCREEN: { value: 'screen', description: '2560 pixels on its longer side. No picture is enlarged.' },
  } as const,
});

builder.objectFields(MediaItem, (t) => ({
  posterUrl: t.string({
    description: 'A picture that presents the item; a placeholder where there is none. A path on this service.',
    args: { signed: t.arg(signedArg) },
    resolve: (item, { signed }, context) => context.linkTo(pictureUrl(item, 'poster?', context), signed),
  }),
  placeholder: t.string({
    nullable: true,
    description:
      'A thumbhash of its picture: some 25 bytes, as base64, of which a page draws what stands there until the picture is ' +
      'there. Null until the first thumbnail was made, and where there is no picture. It goes when the file changes.',
    resolve: (item, _args, { viewer }) => (isHidden(item, viewer) ? null : item.placeholder || null),
  }),
  displayUrl: t.string({
    nullable: true,
    description:
      'A picture for the whole screen: the file itself where every current browser shows it (JPEG, PNG, WebP, GIF or AVIF, ' +
      'of up to 50 megapixels and 20 MiB), else the thumbnail of size SCREEN; null for what has no picture. A path on this service.',
    args: { signed: t.arg(signedArg) },
    resolve(item, { signed }, context) {
      const { linkTo } = context;
      if (hasNoPicture(item)) return null;
      const isThere = item.shelf.mediaType === 'IMAGE' && item.shelf.status === 'AVAILABLE';
      if (isThere && isShownByBrowsers(item)) {
        return linkTo(`/media/${encodePublicId('MediaItem', item.id)}/stream`, signed);
      }
      return linkTo(pictureUrl(item, 'thumbnail?size=screen&', context), signed);
    },
  }),
  storyboardUrl: t.string({
    nullable: true,
    description:
      'Frames of a film for the scrubber of a player, as WebVTT whose cues name tiles of one picture; null where the ' +
      'item is no film, or is known not to be decoded. It is made when it is first asked for. A path on this service.',
    resolve: (item, _args, { linkTo, storyboards }) => {
      // Headers that were read and say of no picture belong to no film.
      const isShown = item.technicalMetadata === null || item.width !== null;
      const mediaType = item.shelf.mediaType as MediaType;
      if (!isShown || !storyboards.isPossible({ ...item, mediaType })) return null;
      return linkTo(`/media/${encodePublicId('MediaItem', item.id)}/storyboard.vtt?v=${pictureVersion(item)}`);
    },
  }),
  thumbnailUrl: t.string({
    description: 'A small picture of the item, for a list; a placeholder where there is none. A path on this service.',
    args: {
      size: t.arg({ type: ThumbnailSize, required: true, defaultValue: 'small', description: 'How large.' }),
      signed: t.arg(signedArg),
    },
    resolve: (item, { size, signed }, context) =>
      context.linkTo(pictureUrl(item, `thumbnail?size=${size}&`, context), signed),
  }),
}));

/**
 * Whether an item is known to have no picture: none was found for it, or its headers were read and tell of none. Of sound
 * a cover is known once it was shown.
 */
function hasNoPicture({ placeholder, shelf, technicalMetadata, width }: MediaRecord): boolean {
  if (placeholder !== null) return placeholder === '';
  return shelf.mediaType === 'AUDIO' || (technicalMetadata !== null && width === null);
}
