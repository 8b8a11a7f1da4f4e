import type { CategoryConfig } from '../../../base/config/media-config.ts';
import { type DiscOfFolders, discOfFolders } from './disc-folder.ts';
import { type SeasonOfFolders, seasonOfFolders } from './season-folder.ts';

/** Where files lie, and what that says of them: read once for all files of a folder. */
export interface NamePlace extends Pick<CategoryConfig, 'mediaType' | 'storageFormat'> {
  /** The names of the folders from the root to the files. */
  folders: readonly string[];
  season: SeasonOfFolders;
  disc: DiscOfFolders;
}

const noSeason: SeasonOfFolders = { season: null, isBeside: false };
const noDisc: DiscOfFolders = { discNumber: null, discSide: null };

/** Reads a folder by its path below the root, `''` for the root itself. */
export function readPlace(
  { mediaType, storageFormat }: Pick<CategoryConfig, 'mediaType' | 'storageFormat'>,
  folder: string,
): NamePlace {
  const folders = folder === '' ? [] : folder.split('/');
  return {
    mediaType,
    storageFormat,
    folders,
    season: storageFormat === 'SERIES' ? seasonOfFolders(folders) : noSeason,
    disc: mediaType === 'AUDIO' ? discOfFolders(folders) : noDisc,
  };
}
