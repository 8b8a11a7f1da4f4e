import { mediaNumberOf } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';

/** Returns the number behind the public ID of a media item. Throws MediaNotFoundError for the ID of something else. */
export function expectMediaNumber(publicId: string): number {
  const number = mediaNumberOf(publicId);
  if (number === null) throw new MediaNotFoundError(publicId);
  return number;
}
