import { builder } from './builder.ts';
import type { HierarchyValue } from '../../library/metadata/hierarchy.ts';
import { mediaItemSelection, type MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { Category, categoryOf } from './category.schema.ts';
import { MediaStatus, MediaType, StorageFormat } from './media-enums.schema.ts';
import { mediaMetadataOf, storedHierarchy } from '../../library/catalogue/media-metadata.ts';
import { signedArg } from './signed-arg.ts';
import { encodePublicId, rowNumberOf } from '../../base/public-id.ts';

const HierarchyLevel = builder.objectRef<HierarchyValue>('HierarchyLevel').implement({
  description: 'A level of the category\'s hierarchy and where the item stands in it: such as season, "Season 1".',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the level, as configured.' }),
    value: t.exposeString('value', { description: 'Such as the name of a folder.' }),
  }),
});

// Fields have resolvers of their own and never `t.expose`: the plugin would then load an item again whose row it did not
// select itself, as it is in lists.
export const MediaItem = builder.prismaObject('MediaItem', {
  description: 'One catalogued file.',
  select: mediaItemSelection,
  fields: (t) => ({
    title: t.string({ resolve: (item) => item.title, description: 'What a person set; else the title in the tags of music; else from the filename.' }),
    description: t.string({
      resolve: (item) => item.description,
      nullable: true,
      description: 'What a person wrote about it.',
    }),
    category: t.field({
      type: Category,
      description: 'The category it is shown under.',
      resolve: (item, _args, { mediaConfig }) => categoryOf(mediaConfig, item.shelf.category),
    }),
    mediaType: t.field({
      type: MediaType,
      description: 'What the file is, by its category.',
      resolve: (item) => item.shelf.mediaType as 'VIDEO' | 'AUDIO' | 'IMAGE',
    }),
    storageFormat: t.field({
      type: StorageFormat,
      description: 'How it belongs together with its neighbours, by its category.',
      resolve: (item) => item.storageFormat as 'COLLECTION' | 'SERIES' | 'GROUP' | 'ITEM',
    }),
    status: t.field({
      type: MediaStatus,
      description: 'Whether there is a file to play.',
      resolve: (item) => item.shelf.status as 'AVAILABLE' | 'MISSING' | 'DELETED',
    }),
    filename: t.string({ resolve: (item) => item.filename, description: 'With its extension, without a folder.' }),
    originalFilename: t.string({
      resolve: (item) => item.originalFilename,
      nullable: true,
      description: 'As the uploader named it.',
    }),
    relativePath: t.string({
      resolve: (item) => item.relativePath,
      description: 'From the root of its category, with "/" separators.',
    }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: "The file's size.",
      resolve: (item) => Number(item.sizeBytes),
    }),
    modifiedAt: t.field({
      resolve: (item) => item.modifiedAt,
      type: 'DateTime',
      description: 'When the file was modified.',
    }),
    mimeType: t.string({
      resolve: (item) => item.mimeType,
      nullable: true,
      description: 'By the extension, such as "video/mp4".',
    }),
    sha256: t.string({
      resolve: (item) => item.sha256,
      nullable: true,
      description: '64 hexadecimal digits, once it was computed.',
    }),
    width: t.int({ resolve: (item) => item.width, nullable: true, description: 'Pixels, as displayed.' }),
    height: t.int({ resolve: (item) => item.height, nullable: true, description: 'Pixels, as displayed.' }),
    durationSeconds: t.float({
      resolve: (item) => item.durationSeconds,
      nullable: true,
      description: 'How long it plays; null for images, and until the headers were read.',
    }),
    hierarchy: t.field({
      type: [HierarchyLevel],
      description: 'Such as series, season and episode, as the category is configured.',
      resolve: storedHierarchy,
    }),
    seasonNumber: t.int({
      resolve: (item) => item.seasonNumber,
      nullable: true,
      description: 'From a name such as S01E02, and of series from that of a folder; 0 for specials.',
    }),
    episodeNumber: t.int({
      resolve: (item) => item.episodeNumber,
      nullable: true,
      description: 'From a name such as S01E02; of series also without a season, as "Show - 680" and "Episode 3" have it.',
    }),
    lastEpisodeNumber: t.int({
      resolve: (item) => item.lastEpisodeNumber,
      nullable: true,
      description: 'The last one of a file that holds several, such as S01E01-E03.',
    }),
    airedOn: t.string({
      resolve: (item) => item.airedOn,
      nullable: true,
      description: 'The day in the name of an episode, as "2024-03-15".',
    }),
    discNumber: t.int({
      resolve: (item) => item.discNumber,
      nullable: true,
      description: 'Of sound, from a folder such as "CD2" or a name such as "2-03 Name".',
    }),
    discSide: t.string({
      resolve: (item) => item.discSide,
      nullable: true,
      description: 'The side of a record or cassette, from a name such as "A1 - Name"; its tracks are counted anew.',
    }),
    trackNumber: t.int({
      resolve: (item) => item.trackNumber,
      nullable: true,
      description: 'From a name such as "03 - Name".',
    }),
    uploadedBy: t.string({
      resolve: (item) => item.uploadedBy,
      nullable: true,
      description: 'Null for files that a scan found.',
    }),
    createdAt: t.field({ resolve: (item) => item.createdAt, type: 'DateTime', description: 'When it was catalogued.' }),
    updatedAt: t.field({
      resolve: (item) => item.updatedAt,
      type: 'DateTime',
      description: 'When a scan, an upload or a person last changed it.',
    }),
    lastSeenAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a scan or an upload last saw the file.',
      resolve: async (item, _args, { load }) => lastSeen(item, await load.categoryScans()),
    }),
    missingSince: t.field({
      resolve: (item) => item.missingSince,
      type: 'DateTime',
      nullable: true,
      description: 'When a scan first did not find the file.',
    }),
    deletedAt: t.field({
      resolve: (item) => item.deletedAt,
      type: 'DateTime',
      nullable: true,
      description: 'When a person removed it.',
    }),
    metadata: t.field({
      type: 'JSON',
      description: 'All that is known of the file: from its name, its headers, and what was stored beside it.',
      resolve: (item, _args, { mediaConfig, seesPaths }) =>
        mediaMetadataOf(item, (seesPaths && mediaConfig.findCategory(item.rootCategory)?.rootPath) || null),
    }),
    streamUrl: t.string({
      description: "The file's bytes, to play: answers ranges. A path on this service.",
      args: { signed: t.arg(signedArg) },
      resolve: ({ id }, { signed }, { linkTo }) => linkTo(`/media/${encodePublicId('MediaItem', id)}/stream`, signed),
    }),
    downloadUrl: t.string({
      description: "The file's bytes, to save. A path on this service.",
      args: { signed: t.arg(signedArg) },
      resolve: ({ id }, { signed }, { linkTo }) => linkTo(`/media/${encodePublicId('MediaItem', id)}/download`, signed),
    }),
  }),
});

builder.nodeRef(MediaItem, {
  id: { resolve: (item) => (item as MediaRecord).id },
  loadMany: (keys, { catalogue }) => catalogue.findMany(keys.map(rowNumberOf)),
});

/**
 * Returns when the file was last seen. A scan writes no row for an unchanged file: its own time stands for all of them.
 */
function lastSeen(item: MediaRecord, scans: ReadonlyMap<string, { lastCompleteAt: Date | null }>): Date | null {
  const scannedAt = item.shelf.status === 'AVAILABLE' ? scans.get(item.rootCategory)?.lastCompleteAt : null;
  if (!scannedAt) return item.lastSeenAt;
  return item.lastSeenAt !== null && item.lastSeenAt > scannedAt ? item.lastSeenAt : scannedAt;
}
