import type { HierarchyValue } from '../metadata/hierarchy.ts';
import type { MediaRecord } from './sql/media-rows.ts';

/**
 * Returns an item's metadata as one JSON object: what the earlier services stored (formats: title to track number),
 * what the file's headers say, how the file came here, and what a person or another part of the service added, which
 * wins where a name is the same.
 */
export function mediaMetadataOf(item: MediaRecord, rootPath: string | null): Record<string, unknown> {
  const metadata: Record<string, unknown> = {
    title: item.title,
    filename: item.filename,
    category: item.shelf.category,
    rootPath,
    relativePath: item.relativePath,
    mediaType: item.shelf.mediaType,
    storageFormat: item.storageFormat,
    fileSize: Number(item.sizeBytes),
    lastModified: item.modifiedAt.toISOString(),
    signature: item.signature,
    mimeType: item.mimeType,
  };
  for (const { name, value } of storedHierarchy(item)) metadata[name] = value;
  if (item.seasonNumber !== null) metadata.seasonNumber = item.seasonNumber;
  if (item.episodeNumber !== null) metadata.episodeNumber = item.episodeNumber;
  if (item.lastEpisodeNumber !== null) metadata.lastEpisodeNumber = item.lastEpisodeNumber;
  if (item.airedOn !== null) metadata.airedOn = item.airedOn;
  if (item.discNumber !== null) metadata.discNumber = item.discNumber;
  if (item.discSide !== null) metadata.discSide = item.discSide;
  if (item.trackNumber !== null) metadata.trackNumber = item.trackNumber;
  if (item.technicalMetadata !== null) metadata.technical = item.technicalMetadata;
  if (item.uploadedAt !== null) Object.assign(metadata, uploadFactsOf(item));
  return { ...metadata, ...(item.customMetadata as object | null) };
}

/**
 * Returns the item's values for its category's levels. Nothing checks the stored JSON: only `hierarchyOf` makes what is
 * stored.
 */
export function storedHierarchy({ hierarchy }: Pick<MediaRecord, 'hierarchy'>): HierarchyValue[] {
  return (hierarchy ?? []) as unknown as HierarchyValue[];
}

function uploadFactsOf({ description, sha256, uploadedAt, uploadedBy }: MediaRecord): Record<string, unknown> {
  return { description, sha256, ingestedVia: 'upload', ingestedAt: uploadedAt?.toISOString(), uploadedBy };
}
