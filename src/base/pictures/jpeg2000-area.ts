/** Where a picture stands on its reference grid. */
interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Returns the area of a JPEG 2000 picture by its marker SIZ (ISO 15444-1, A.5.1), which need not begin at zero; null where
 * the marker is not in these bytes. Without it ImageMagick cuts off what lies behind the size of the picture.
 */
export function readJpeg2000Area(bytes: Uint8Array): Area | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = file.indexOf(startOfCodestream);
  if (at === -1 || at + 24 > file.length) return null;
  const [right = 0, bottom = 0, left = 0, top = 0] = [8, 12, 16, 20].map((offset) => file.readUInt32BE(at + offset));
  return right > left && bottom > top ? { left, top, right, bottom } : null;
}

const startOfCodestream = Buffer.from([0xff, 0x4f, 0xff, 0x51]);
