import type { Sharp } from './sharp.ts';

/** Whether a picture of that EXIF orientation lies on its side, as those of 5 to 8 do. */
export function turnsSideways(orientation: number): boolean {
  return orientation >= 5;
}

/** Turns a picture by an EXIF orientation that does not stand in its own header. */
export function orient(picture: Sharp, orientation: number): Sharp {
  const { angle, flop } = turns[orientation] ?? { angle: 0, flop: false };
  // sharp mirrors first and turns then, in whatever order the two are called.
  return picture.rotate(angle).flop(flop);
}

const turns: Record<number, { angle: number; flop: boolean }> = {
  2: { angle: 0, flop: true },
  3: { angle: 180, flop: false },
  4: { angle: 180, flop: true },
  5: { angle: 270, flop: true },
  6: { angle: 90, flop: false },
  7: { angle: 90, flop: true },
  8: { angle: 270, flop: false },
};

const orientationTag = 0x0112;

/**
 * Reads the orientation (1 to 8) from the first directory of a TIFF structure, which RAW files have at their start or,
 * those of newer Canon cameras, in a box named CMT1; null where there is none.
 */
export function readTiffOrientation(file: Buffer): number | null {
  const box = file.subarray(0, boxSearchBytes).indexOf('CMT1');
  const tiff = box === -1 ? file : file.subarray(box + 4);
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const read16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  const entries = read16(directory);
  for (let entry = directory + 2; entry < directory + 2 + entries * 12 && entry + 12 <= tiff.length; entry += 12) {
    if (read16(entry) !== orientationTag) continue;
    const orientation = read16(entry + 8);
    return orientation >= 1 && orientation <= 8 ? orientation : null;
  }
  return null;
}

const boxSearchBytes = 64 * 1024;
