// The one place that loads sharp: whoever works with pictures imports it from here, and so gets it restricted.
import sharp from 'sharp';

export { sharp };
export type { Metadata, Sharp } from 'sharp';

/** Formats of browsers and cameras, by libvips' names. libvips reads more: documents, slides, and arrays of numbers. */
export const rasterFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

/**
 * The decoders of these formats, each for files and for bytes, and the one of drawings, for bytes alone: bytes lie in
 * no folder, so a drawing cannot name files beside it. Another build of libvips may bring PDF, ImageMagick or
 * OpenSlide; they stay shut.
 */
const allowedLoaders = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadNsgif',
  'VipsForeignLoadTiff',
  'VipsForeignLoadHeif',
  'VipsForeignLoadSvgBuffer',
];

// libvips would keep files open, and serve their pixels for others that came to the same name or descriptor.
sharp.cache(false);
// The processes of the pool are the parallelism here.
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: allowedLoaders });
