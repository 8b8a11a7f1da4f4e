import { UnreadableImageError } from '../errors/domain-error.ts';
import { sharp } from './sharp.ts';
import { readTiffOrientation } from './orientation.ts';

export interface RawPreview {
  /** The file from the first byte of a JPEG on; a decoder stops at the JPEG's end. */
  jpeg: Uint8Array;
  /** The size of the JPEG as it is stored. */
  width: number;
  height: number;
  /** How the JPEG is to be turned, 1 to 8 as in EXIF. */
  orientation: number;
}

/**
 * Finds the largest JPEG inside a RAW file: every camera writes one for its own display, each at another offset. So
 * they are looked for by how a JPEG begins, and libjpeg says which of those really are pictures: it takes the sensor's
 * data, where that is stored as lossless JPEG, for none. Throws UnreadableImageError where there is none.
 */
export async function findRawPreview(bytes: Uint8Array): Promise<RawPreview> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let best: RawPreview | null = null;
  let tried = 0;
  for (let start = file.indexOf(jpegStart); start !== -1; start = file.indexOf(jpegStart, start + 1)) {
    // A file of a camera has a few such places, and some more by chance.
    if (tried++ === maxTried) break;
    const jpeg = file.subarray(start);
    const header = await sharp(jpeg, { limitInputPixels: false })
      .metadata()
      .catch(() => null); // no JPEG begins here after all
    if (header === null) continue;
    const { width, height, orientation = 0 } = header;
    if (best === null || width * height > best.width * best.height) best = { jpeg, width, height, orientation };
  }
  if (best === null) {
    throw new UnreadableImageError('it is a RAW file without an embedded preview; convert it, to DNG for example.');
  }
  // Where the preview does not state its orientation, the file does, for all that is in it.
  return { ...best, orientation: best.orientation || readTiffOrientation(file) || 1 };
}

const maxTried = 1_000;
const jpegStart = Buffer.from([0xff, 0xd8, 0xff]);
