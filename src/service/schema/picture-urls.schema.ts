import { MediaItem } from './media-item.schema.ts';
import { encodePublicId } from '../../base/public-id.ts';
import type { MediaType } from '../../base/config/media-config.ts';
import { builder } from './builder.ts';
import { pictureVersion } from '../../library/delivery/posters/picture-version.ts';

const ThumbnailSize = builder.enumType('ThumbnailSize', {
  description: 'How large a thumbnail is at most.',
  values: {
    SMALL: { value: 'small', description: '320 pixels on its longer side.' },
    LARGE: { value: 'large', description: '960 pixels on its longer side.' },
  } as const,
});

builder.objectFields(MediaItem, (t) => ({
  posterUrl: t.string({
    description: 'A picture that presents the item; a placeholder where there is none. A path on this service.',
    resolve: (item, _args, { linkTo }) =>
      linkTo(`/media/${encodePublicId('MediaItem', item.id)}/poster?v=${pictureVersion(item)}`),
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
    args: { size: t.arg({ type: ThumbnailSize, required: true, defaultValue: 'small', description: 'How large.' }) },
    resolve: (item, { size }, { linkTo }) =>
      linkTo(`/media/${encodePublicId('MediaItem', item.id)}/thumbnail?size=${size}&v=${pictureVersion(item)}`),
  }),
}));
