import type { Sharp } from './sharp.ts';

/** EXIF's orientations 5 to 8 lie on their side. */
export function turnsSideways(orientation: number): boolean {
  return orientation >= 5;
}

/** Turns a picture by an EXIF orientation that does not stand in its own header. */
export function orient(picture: Sharp, orientation: number): Sharp {
  const { angle, flop } = turns[orientation] ?? { angle: 0, flop: false };
  // In whatever order they are called, sharp mirrors first and turns then.
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
