import type { MediaType } from '../../../base/config/media-config.ts';

/** What has to be known of a media item to find its picture. Paths are the catalogue's: none comes from a request. */
export interface PicturedItem {
  id: number;
  /** `DELETED` for an item that is to look as if it were gone. */
  status: string;
  mediaType: MediaType;
  rootPath: string;
  /** Below the root, with `/` between its parts. */
  relativePath: string;
  /** Where copyparty serves the root. */
  copypartyPath: string;
  /** The file as the last scan or upload saw it. */
  signature: string;
  /** When a scan, an upload or a person last changed the item: its poster too. */
  updatedAt: Date;
  /** What somebody set: a path below the root of the category, or below the image store. */
  posterPath: string | null;
  /** A JSON object, which may hold a poster of its own. */
  customMetadata: unknown;
}
