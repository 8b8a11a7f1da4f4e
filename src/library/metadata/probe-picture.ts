import { hideDescriptor } from '../../base/pictures/picture-errors.ts';
import { pictureHeaderInput } from '../../base/pictures/picture-input.ts';
import { sharp, type Metadata } from '../../base/pictures/sharp.ts';
import type { OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import type { PictureFacts, ProbedFacts } from './technical-metadata.ts';

/**
 * Reads the header of a picture, decoding nothing. A picture with more than `maxPixels` gets a note, since nothing will
 * decode it. Throws `UnreadableMediaError` where libvips does not know the format or the header is broken.
 */
export async function probePicture(file: OpenMediaFile, maxPixels: number): Promise<ProbedFacts> {
  const metadata = await readMetadata(file);
  const { width, height } = metadata.autoOrient;
  const pixels = width * height;
  const notes = pixels > maxPixels ? [`The picture has ${pixels} pixels; over ${maxPixels} none is decoded.`] : [];
  return { width, height, durationSeconds: null, technical: pictureFacts(metadata, notes) };
}

async function readMetadata(file: OpenMediaFile): Promise<Metadata> {
  try {
    return await sharp(pictureHeaderInput(file), { limitInputPixels: false }).metadata();
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UnreadableMediaError(`The picture's header could not be read: ${hideDescriptor(reason)}.`);
  }
}

function pictureFacts(metadata: Metadata, notes: string[]): PictureFacts {
  return {
    kind: 'picture',
    format: metadata.format,
    compression: metadata.compression ?? null,
    colourSpace: metadata.space,
    bitDepth: metadata.bitsPerSample ?? bitsOf[metadata.depth] ?? null,
    hasAlpha: metadata.hasAlpha,
    pages: metadata.pages ?? 1,
    density: metadata.density ?? null,
    orientation: metadata.orientation ?? null,
    notes,
  };
}

// JPEG has no bits per sample of its own; the band format of libvips says how many there are.
const bitsOf: Record<string, number | undefined> = { uchar: 8, ushort: 16, float: 32 };
