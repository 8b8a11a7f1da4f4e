import { extname } from 'node:path';
import { sharp } from '../../base/pictures/sharp.ts';
import { exifOf, xmpOf } from './picture-facts.ts';
import type { DemoPicture } from './demo-picture.ts';

/** Draws a picture and encodes it in the format of its extension. */
export async function drawPicture({ path, width, height, scene, sideways, facts }: DemoPicture): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene(width, height)}</svg>`;
  const plain = sharp(Buffer.from(svg));
  const picture = facts === undefined ? plain : plain.withExif(exifOf(facts)).withXmp(xmpOf(facts));
  switch (extname(path)) {
    case '.png':
      return picture.png({ palette: true }).toBuffer();
    case '.webp':
      return picture.webp({ quality: 82, effort: 2 }).toBuffer();
    case '.avif':
      return picture.avif({ quality: 60, effort: 1 }).toBuffer();
    case '.tif':
      return picture.flatten({ background: '#ffffff' }).tiff({ compression: 'lzw' }).toBuffer();
    default: {
      const opaque = picture.flatten({ background: '#ffffff' });
      const turned = sideways ? opaque.rotate(270).withMetadata({ orientation: 6 }) : opaque;
      return turned.jpeg({ quality: 84 }).toBuffer();
    }
  }
}
