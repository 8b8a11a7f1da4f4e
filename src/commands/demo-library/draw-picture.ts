import { extname } from 'node:path';
import { sharp } from '../../base/pictures/sharp.ts';
import type { DemoPicture } from './demo-pictures.ts';

/** Draws a picture and encodes it in the format of its extension. */
export async function drawPicture({ path, width, height, scene, sideways }: DemoPicture): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene(width, height)}</svg>`;
  const picture = sharp(Buffer.from(svg));
  switch (extname(path)) {
    case '.png':
      return picture.png({ palette: true }).toBuffer();
    case '.webp':
      return picture.webp({ quality: 82, effort: 2 }).toBuffer();
    default: {
      const opaque = picture.flatten({ background: '#ffffff' });
      const turned = sideways ? opaque.rotate(270).withMetadata({ orientation: 6 }) : opaque;
      return turned.jpeg({ quality: 84 }).toBuffer();
    }
  }
}
