import { fileTypeFromBuffer } from 'file-type';
import { mediaInfoFactory } from 'mediainfo.js';
import { chunkBytes, createHeaderReader, type HeaderLimits } from '../../metadata/header-reader.ts';
import { openInside } from '../../../base/files/open-inside.ts';
import { readApePictures } from './ape-pictures.ts';
import { NoCoverError } from './poster-errors.ts';
import { rankPictures } from './rank-pictures.ts';
import { readTaggedPictures, type TaggedPicture } from './tagged-pictures.ts';

/** Covers stand before the sound, or in the index of a film; they seldom have more than 2 MiB. */
const limits: HeaderLimits = { maxBytes: 16 * 1024 * 1024, maxMs: 5_000 };

/**
 * Returns the picture inside an audio or video file that presents it, as it is stored there: the front cover, where types
 * are declared. Throws NoCoverError, and what openInside throws.
 */
export async function readCover({ rootPath, relativePath }: { rootPath: string; relativePath: string }) {
  const { handle, stats } = await openInside(rootPath, relativePath);
  const file = { fd: handle.fd, sizeBytes: Number(stats.size), path: relativePath };
  try {
    const cover =
      (await findPicture(await readTaggedPictures(file, limits))) ??
      (await findPicture(readApePictures(file, limits.maxBytes))) ??
      (await findPicture(await readOtherPictures(file)));
    if (cover === null) throw new NoCoverError();
    return Buffer.from(cover.buffer, cover.byteOffset, cover.byteLength);
  } finally {
    await handle.close();
  }
}

/** Returns the first by rank that is a picture at all. */
async function findPicture(pictures: readonly TaggedPicture[]): Promise<Uint8Array | null> {
  for (const { bytes } of rankPictures(pictures)) {
    const type = await fileTypeFromBuffer(bytes).catch(() => undefined); // it is none
    if (type?.mime.startsWith('image/') === true) return bytes;
  }
  return null;
}

/** Reads what MediaInfo finds, in formats that music-metadata does not know. */
async function readOtherPictures({ fd, sizeBytes }: { fd: number; sizeBytes: number }): Promise<TaggedPicture[]> {
  // The instance serves this one file: its linear memory never shrinks, and a cover of some megabytes makes it grow.
  const mediaInfo = await mediaInfoFactory({ format: 'object', coverData: true, chunkSize: chunkBytes });
  try {
    const reader = createHeaderReader(fd, limits);
    const { media } = await mediaInfo.analyzeData(sizeBytes, (size: number, offset: number) =>
      reader.read(size, offset),
    );
    const general = media?.track.find((track) => track['@type'] === 'General');
    // MediaInfo joins several covers, and their types.
    const types = general?.Cover_Type?.split(' / ') ?? [];
    const covers = general?.Cover_Data?.split(' / ') ?? [];
    return covers.map((base64, index) => ({ bytes: Buffer.from(base64, 'base64'), shows: types[index] ?? '' }));
  } finally {
    mediaInfo.close();
  }
}
