import type { PictureBytes } from '../../../base/pictures/picture-bytes.ts';

/** A box of a file that is built of them, as ISO 14496-12, JPEG 2000 and JPEG XL are. */
export interface Box {
  type: string;
  /** Where its content begins. */
  at: number;
  length: number;
}

/** A file has some dozens; a hostile one, boxes without content without end. */
const maxBoxes = 1_000;

/** Returns the boxes between two places of a file, up to the first that is broken. */
export function readBoxes(bytes: PictureBytes, start = 0, end = bytes.sizeBytes): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end && boxes.length < maxBoxes;) {
    const head = bytes.read(at, 16);
    if (head.length < 8) break;
    const size = head.readUInt32BE(0);
    const isLong = size === 1 && head.length === 16;
    // Zero: it goes on to the end.
    const whole = isLong ? Number(head.readBigUInt64BE(8)) : size === 0 ? end - at : size;
    const headBytes = isLong ? 16 : 8;
    if (whole < headBytes || at + whole > end) break;
    boxes.push({ type: head.toString('latin1', 4, 8), at: at + headBytes, length: whole - headBytes });
    at += whole;
  }
  return boxes;
}
