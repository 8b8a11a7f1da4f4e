import { mediaInfoFactory } from 'mediainfo.js';
import { chunkBytes, createHeaderReader, type HeaderLimits } from '../../metadata/header-reader.ts';
import { openInside } from '../../../base/files/open-inside.ts';
import { NoCoverError } from './poster-errors.ts';

/** Covers stand before the sound, or in the index of a film; they seldom have more than 2 MiB. */
const limits: HeaderLimits = { maxBytes: 16 * 1024 * 1024, maxMs: 5_000 };

/**
 * Returns the picture inside an audio or video file, as it is stored there. Throws NoCoverError, and what openInside
 * throws.
 */
export async function readCover({ rootPath, relativePath }: { rootPath: string; relativePath: string }) {
  const { handle, stats } = await openInside(rootPath, relativePath);
  // The instance serves this one file: its linear memory never shrinks, and a cover of some megabytes makes it grow.
  const mediaInfo = await mediaInfoFactory({ format: 'object', coverData: true, chunkSize: chunkBytes });
  try {
    const reader = createHeaderReader(handle.fd, limits);
    const read = (size: number, offset: number) => reader.read(size, offset);
    const { media } = await mediaInfo.analyzeData(Number(stats.size), read);
    const general = media?.track.find((track) => track['@type'] === 'General');
    // MediaInfo joins several covers; the front comes first.
    const [front] = general?.Cover_Data?.split(' / ') ?? [];
    if (!front) throw new NoCoverError();
    return Buffer.from(front, 'base64');
  } finally {
    mediaInfo.close();
    await handle.close();
  }
}
