import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelImageProfile } from '../../base/config/media-config.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { DomainError, UnreadableImageError } from '../../base/errors/domain-error.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { openPicture } from '../../base/pictures/open-picture.ts';
import { bytesOfFile } from '../../base/pictures/picture-bytes.ts';
import { PictureTooLargeError, toUnreadable, UnsuitablePictureError } from '../../base/pictures/picture-errors.ts';
import { sharp } from '../../base/pictures/sharp.ts';
import {
  largestSize,
  type PictureFile,
  pictureQualities,
  type PictureQuality,
  type Size,
  tierSize,
} from './picture-tiers.ts';

export interface TiersInput {
  /** The worker opens it, and checks that it lies inside its root. */
  source: PictureFile;
  /** Folder in which the files are written, as `<name>_<quality>.webp`, complete and flushed. */
  folder: string;
  name: string;
  profile: ModelImageProfile;
  /** A picture with more pixels is not decoded. */
  maxPixels: number;
}

/** Failures are data, as error classes do not survive the way out of the worker. */
export type TiersResult = { ok: true } | TiersFailure;

interface TiersFailure {
  ok: false;
  code: string;
  message: string;
  /** Whether the fault is in the bytes of the picture, so that another attempt would fail too. */
  isLasting: boolean;
}

/** Makes the three sizes of a picture from one decoding, all or none. For an unreadable picture it returns the failure. */
export async function makeTiers(input: TiersInput): Promise<TiersResult> {
  try {
    const picture = await decode(input);
    for (const quality of pictureQualities) {
      await writeWhole(tierPath(input, quality), await encode(picture, input.profile.tiers[quality]));
    }
    return { ok: true };
  } catch (error) {
    await Promise.all(pictureQualities.map((quality) => rm(tierPath(input, quality), { force: true })));
    return describeFailure(error);
  }
}

function describeFailure(error: unknown): TiersFailure {
  if (error instanceof DomainError && !(error instanceof UnreadableImageError)) {
    const isLasting = error instanceof UnsuitablePictureError || error instanceof PictureTooLargeError;
    return { ok: false, code: error.code, message: error.message, isLasting };
  }
  const { reason } = toUnreadable(error);
  const isOfSystem = error instanceof Error && !(error instanceof DomainError) && 'code' in error;
  return { ok: false, code: 'PICTURE_UNREADABLE', message: reason, isLasting: !isOfSystem && !isPassing.test(reason) };
}

/** Messages of libvips where not the picture is at fault but the time, the memory, a descriptor or the disk gave out. */
const isPassing = /^timeout:|out of memory|(?:system|unix) error:|input file is missing/i;

function tierPath({ folder, name }: Pick<TiersInput, 'folder' | 'name'>, quality: PictureQuality): string {
  return join(folder, `${name}_${quality}.webp`);
}

interface Pixels extends Size {
  data: Buffer;
  channels: 1 | 2 | 3 | 4;
}

/** Decodes the picture in its largest size: upright, in sRGB, the first frame of a moving one. */
async function decode({ source, profile, maxPixels }: TiersInput): Promise<Pixels> {
  const { handle, stats } = await openInside(source.rootPath, source.relativePath, source);
  try {
    const bytes = bytesOfFile({ fd: handle.fd, sizeBytes: Number(stats.size) });
    const picture = await openPicture(bytes, source.relativePath, { maxPixels, acceptsDrawings: false });
    const size = largestSize(picture.decoded, profile);
    const decoded = await picture.decode();
    const { data, info } = await decoded
      .resize({ ...size, fit: 'fill', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .timeout({ seconds: maxStepSeconds })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } finally {
    await handle.close();
  }
}

function encode({ data, ...raw }: Pixels, tier: { scale: number; quality: number }): Promise<Buffer> {
  const size = tierSize(raw, tier);
  const picture = sharp(data, { raw });
  const sized =
    size.width === raw.width && size.height === raw.height ? picture : picture.resize({ ...size, fit: 'fill' });
  // Effort 2 takes half the time of 4, the default, for files that are 5 % larger.
  return sized.webp({ quality: tier.quality, effort: 2 }).timeout({ seconds: maxStepSeconds }).toBuffer();
}

/** Throws StorageError: a full disk says nothing about the picture. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  try {
    const file = await open(path, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toStorageError(error, 'Storing the picture');
  }
}

const maxStepSeconds = 30;
