import { rgbaToThumbHash } from 'thumbhash';
import { sharp } from '../../../base/pictures/sharp.ts';

export interface PlaceholdersInput {
  /** Pictures of this service's own, as WebP. */
  pictures: readonly Uint8Array[];
}

/** Makes the thumbhash of each picture, as base64 of some 25 bytes; null for one that cannot be read. */
export async function makePlaceholders({ pictures }: PlaceholdersInput): Promise<(string | null)[]> {
  const placeholders: (string | null)[] = [];
  for (const picture of pictures) placeholders.push(await makePlaceholder(picture).catch(() => null));
  return placeholders;
}

async function makePlaceholder(picture: Uint8Array): Promise<string> {
  const { data, info } = await sharp(picture)
    .resize({ width: longestSide, height: longestSide, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

/** Of a thumbhash, which has at most seven waves across, this is more than enough; it refuses more than 100 pixels. */
const longestSide = 64;
