import { join } from 'node:path';
import sharp from 'sharp';

/** A picture with the detail of a photograph, at 4:3: noise in several sizes on top of each other. */
export async function drawPhotograph(
  folder: string,
  seed: number,
  { megapixels, hasAlpha }: { megapixels: number; hasAlpha: boolean },
): Promise<void> {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const height = Math.round((width * 3) / 4);
  const coarse = sharp(noise(40 * 30 * 3, seed), { raw: { width: 40, height: 30, channels: 3 } });
  const fine = await sharp(noise((width >> 2) * (height >> 2) * 3, seed + 1), {
    raw: { width: width >> 2, height: height >> 2, channels: 3 },
  })
    .resize(width, height, { fit: 'fill' })
    // Fine detail is faint in photographs.
    .linear(0.3, 90)
    .png({ compressionLevel: 0 })
    .toBuffer();
  const picture = sharp(
    await coarse
      .resize(width, height, { fit: 'fill' })
      .composite([{ input: fine, blend: 'soft-light' }])
      .raw()
      .toBuffer(),
    { raw: { width, height, channels: 3 } },
  );
  if (!hasAlpha) {
    await picture.jpeg({ quality: 90 }).toFile(join(folder, `${seed}.jpg`));
    return;
  }
  const fade = `<svg width="${width}" height="${height}"><radialGradient id="g"><stop offset="0.5" stop-opacity="1"/>
    <stop offset="1" stop-opacity="0"/></radialGradient><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
  await picture
    .ensureAlpha()
    .composite([{ input: Buffer.from(fade), blend: 'dest-in' }])
    .png({ compressionLevel: 3 })
    .toFile(join(folder, `${seed}.png`));
}

function noise(length: number, seed: number): Buffer {
  const data = Buffer.alloc(length);
  let state = seed * 2_654_435_761 + 1;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data[index] = state >>> 24;
  }
  return data;
}
