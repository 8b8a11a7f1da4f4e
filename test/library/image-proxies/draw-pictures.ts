import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';

export type Colour = readonly [red: number, green: number, blue: number];

/** One colour a quadrant: whether a picture is turned or mirrored can be told from them. */
export const quadrants = {
  topLeft: [220, 30, 30],
  topRight: [30, 180, 30],
  bottomLeft: [30, 30, 220],
  bottomRight: [230, 220, 40],
} as const satisfies Record<string, Colour>;

/** A picture that, turned by its EXIF orientation, shows the quadrants upright at this size. */
export function drawOriented(orientation: number, shown: { width: number; height: number }): Sharp {
  const isSideways = orientation >= 5;
  const [width, height] = isSideways ? [shown.height, shown.width] : [shown.width, shown.height];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [shownX, shownY] = shownAt(orientation, x, y, width, height);
      data.set(colourAt(shownX / shown.width, shownY / shown.height), (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({ orientation });
}

/** Where a stored pixel is shown, by the table of EXIF's orientations. */
function shownAt(orientation: number, x: number, y: number, width: number, height: number): [number, number] {
  const [right, bottom] = [width - 1 - x, height - 1 - y];
  const places: Record<number, [number, number]> = {
    1: [x, y],
    2: [right, y],
    3: [right, bottom],
    4: [x, bottom],
    5: [y, x],
    6: [bottom, x],
    7: [bottom, right],
    8: [y, right],
  };
  return places[orientation] ?? [x, y];
}

function colourAt(x: number, y: number): Colour {
  if (y < 0.5) return x < 0.5 ? quadrants.topLeft : quadrants.topRight;
  return x < 0.5 ? quadrants.bottomLeft : quadrants.bottomRight;
}

/** The colours in the middle of the quadrants of a picture file. */
export async function readQuadrants(path: string): Promise<Record<keyof typeof quadrants, Colour>> {
  const { data, info } = await sharp(await readFile(path))
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colour = (x: number, y: number) => {
    const at = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels;
    return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1] as Colour;
  };
  return {
    topLeft: colour(0.25, 0.25),
    topRight: colour(0.75, 0.25),
    bottomLeft: colour(0.25, 0.75),
    bottomRight: colour(0.75, 0.75),
  };
}

/** The largest difference of any channel of any quadrant. */
export function distanceBetween(
  a: Record<keyof typeof quadrants, Colour>,
  b: Record<keyof typeof quadrants, Colour>,
): number {
  const names = Object.keys(quadrants) as (keyof typeof quadrants)[];
  return Math.max(
    ...names.flatMap((name) => a[name].map((value, channel) => Math.abs(value - (b[name][channel] ?? 0)))),
  );
}

/** Something like a photograph: it does not compress to nothing, and is the same for the same seed. */
export function drawNoise(width: number, height: number, seed = 1): Sharp {
  const small = Buffer.alloc(64 * 48 * 3);
  for (let index = 0, state = seed; index < small.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    small[index] = state >> 16;
  }
  return sharp(small, { raw: { width: 64, height: 48, channels: 3 } }).resize(width, height, { fit: 'fill' });
}

/** A RAW file as cameras write it, without the sensor's data: TIFF with an orientation, and JPEGs inside. */
export function wrapAsRaw(orientation: number, jpegs: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(64);
  header.write('II*\0', 0, 'latin1');
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(1, 8);
  header.writeUInt16LE(0x0112, 10);
  header.writeUInt16LE(3, 12);
  header.writeUInt32LE(1, 14);
  header.writeUInt16LE(orientation, 18);
  // What starts like a JPEG and is none, as it happens in compressed sensor data.
  return Buffer.concat([header, Buffer.from([0xff, 0xd8, 0xff, 0xc3, 0x00]), ...jpegs, Buffer.alloc(100, 0xff)]);
}
