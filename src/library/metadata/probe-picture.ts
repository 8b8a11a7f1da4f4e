import { UnreadableImageError } from '../../base/errors/domain-error.ts';
import { isCutOff } from '../../base/pictures/is-cut-off.ts';
import { bytesOfFile } from '../../base/pictures/picture-bytes.ts';
import { type PictureHeader, readPictureHeader } from '../../base/pictures/picture-header.ts';
import type { OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import { readPictureFacts } from './facts/picture-facts.ts';
import type { ProbedFile } from './technical-metadata.ts';

/**
 * Reads the header of a picture, decoding nothing. A picture that will not be decoded, as with more than `maxPixels`,
 * gets a note. Throws `UnreadableMediaError` where no decoder knows the format or the header is broken.
 */
export async function probePicture(file: OpenMediaFile, filename: string, maxPixels: number): Promise<ProbedFile> {
  const bytes = bytesOfFile(file);
  const header = await readHeader(bytes, filename);
  const { width, height, decoder, icc: _icc, embedded: _embedded, obstacle, ...facts } = header;
  const pixels = width * height;
  const notes: string[] = [];
  // Of a camera's own format the preview is decoded, which is seldom that large.
  if (pixels > maxPixels && decoder !== 'preview') {
    notes.push(`The picture has ${pixels} pixels; over ${maxPixels} none is decoded.`);
  }
  if (obstacle !== null) notes.push(`The picture is not decoded: ${obstacle}`);
  else if (facts.format === 'tiff' && isCutOff(bytes, facts.format)) {
    notes.push('The picture is not decoded: it ends too early.');
  }
  const read = await readPictureFacts(bytes, header);
  return { width, height, durationSeconds: null, technical: { kind: 'picture', ...facts, notes }, read };
}

async function readHeader(bytes: ReturnType<typeof bytesOfFile>, filename: string): Promise<PictureHeader> {
  try {
    return await readPictureHeader(bytes, filename);
  } catch (error) {
    if (!(error instanceof UnreadableImageError)) throw error;
    throw new UnreadableMediaError(`The picture's header could not be read: ${error.reason}`);
  }
}
