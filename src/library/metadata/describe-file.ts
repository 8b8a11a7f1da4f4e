import type { CategoryConfig, MediaType, StorageFormat } from '../../base/config/media-config.ts';
import { describeTitle, stemOf } from './describe-title.ts';
import { hierarchyOf, type HierarchyValue } from './hierarchy.ts';
import { mimeTypeOf } from './mime-type.ts';
import { describeEpisode, type EpisodeDescription } from './names/describe-episode.ts';
import { describeTrack, type TrackDescription } from './names/describe-track.ts';
import { readPlace } from './names/name-place.ts';
import { searchTextOf } from './search-text.ts';
import { hierarchyOrderOf, pathOrderOf, titleKeyOf } from './sort-keys.ts';

/** What a walk, or a finished upload, knows about a file. */
export interface ScannedFile {
  /** The path below the category's root, with `/` between the parts. */
  relativePath: string;
  sizeBytes: number;
  modifiedAtMs: number;
  signature: string;
  /** Size and modification time of the XMP file beside it; null or left out where there is none. */
  sidecarSignature?: string | null;
}

/** What the catalogue holds about a file before its headers are read. */
export interface FileDescription extends ScannedFile, EpisodeDescription, TrackDescription {
  filename: string;
  title: string;
  /** Titles are sorted by this. */
  titleKey: string;
  storageFormat: StorageFormat;
  mediaType: MediaType;
  mimeType: string | null;
  /** Null where the category has no levels. */
  hierarchy: HierarchyValue[] | null;
  /** Lists by path are sorted by this. */
  pathOrder: string;
  /** Lists by hierarchy are sorted by this; null where the file has no numbers, and its path says where it stands. */
  hierarchyOrder: string | null;
  searchText: string;
}

/**
 * Returns the function that describes the files of one category by their names alone, without touching them. Scan and
 * ingest share it: a file that was uploaded is found unchanged by the next scan.
 */
export function createFileDescriber(
  category: Pick<CategoryConfig, 'mediaType' | 'storageFormat' | 'hierarchyLevels'>,
): (file: ScannedFile) => FileDescription {
  const { mediaType, storageFormat, hierarchyLevels } = category;
  // Files come folder by folder.
  let folder = '';
  let place = readPlace(category, folder);
  return ({ relativePath, sizeBytes, modifiedAtMs, signature, sidecarSignature = null }) => {
    const slash = relativePath.lastIndexOf('/');
    const ownFolder = relativePath.slice(0, Math.max(0, slash));
    if (ownFolder !== folder) {
      folder = ownFolder;
      place = readPlace(category, folder);
    }
    const filename = relativePath.slice(slash + 1);
    const stem = stemOf(filename);
    const title = describeTitle(stem);
    const numbers = { ...describeEpisode(stem, place), ...describeTrack(stem, place) };
    return {
      relativePath,
      filename,
      title,
      titleKey: titleKeyOf(title),
      storageFormat,
      mediaType,
      sizeBytes,
      modifiedAtMs,
      signature,
      ...(sidecarSignature !== null && { sidecarSignature }),
      mimeType: mimeTypeOf(filename),
      hierarchy: hierarchyLevels.length === 0 ? null : hierarchyOf(hierarchyLevels, relativePath, stem),
      ...numbers,
      pathOrder: pathOrderOf(relativePath),
      hierarchyOrder: hierarchyOrderOf(relativePath, numbers),
      searchText: searchTextOf({ title, description: null, relativePath }),
    };
  };
}
