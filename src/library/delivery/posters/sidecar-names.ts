import { posix } from 'node:path';
import { foldName } from './folder-names.ts';

/** What a picture is for: `poster` presents a work, `thumbnail` is a tile of a gallery. */
export type PicturePurpose = 'poster' | 'thumbnail';

const extensions = ['jpg', 'jpeg', 'png', 'webp'];

interface SidecarOwner {
  relativePath: string;
  mediaType: string;
}

/**
 * Returns the folded names of the files beside an item that may be its picture, the best first. A picture of the whole
 * folder is no thumbnail of a photo: an album with a `cover.jpg` would show nothing but that.
 */
export function sidecarNames({ relativePath, mediaType }: SidecarOwner, purpose: PicturePurpose): string[] {
  const { base, name: stem } = posix.parse(relativePath);
  const folderNames = mediaType === 'IMAGE' && purpose === 'thumbnail' ? [] : ['poster', 'folder', 'cover'];
  const names = [stem, `${stem}-poster`, ...folderNames].flatMap((name) =>
    extensions.map((extension) => foldName(`${name}.${extension}`)),
  );
  return names.filter((name) => name !== foldName(base));
}
