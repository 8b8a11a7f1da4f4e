import type { MediaType } from '../../../base/config/media-config.ts';

/** What must be known about a media item to find its picture. Paths are the catalogue's: none comes from a request. */
export interface PicturedItem {
  id: number;
  /** The shelf's status; clients must not notice an item that is `DELETED`. */
  status: string;
  mediaType: MediaType;
  /** The key of the category whose root holds it. */
  category: string;
  rootPath: string;
  /** The path below the root, with `/` between its parts. */
  relativePath: string;
  /** Where copyparty serves the root. */
  copypartyPath: string;
  /** The signature of the file as the last scan or upload saw it. */
  signature: string;
  /** When a scan, an upload or a person last changed the item or its poster. */
  updatedAt: Date;
  /** The poster that somebody set: a path below the root of the category, or below the image store. */
  posterPath: string | null;
  /** How the category keeps files, and the season in the file's name: by them an episode finds its show. */
  storageFormat?: string;
  seasonNumber?: number | null;
  /** A JSON object, which may hold a poster of its own. */
  customMetadata: unknown;
  /** What stands for its picture until that is there; empty where there is none, null while that is not known. */
  placeholder: string | null;
}
