import type { PictureBytes } from './picture-bytes.ts';

/** Before the pixels there are some dozens, and hundreds at most. */
const maxChunks = 10_000;

/** Compressed text grows a thousandfold, and a decoder inflates all of it to read the header. */
const maxCompressedTextBytes = 1024 * 1024;

/** Returns what a PNG has too much of before its pixels; null where it has not. */
export function findPngExcess(bytes: PictureBytes): string | null {
  let compressed = 0;
  let at = signatureBytes;
  for (let chunks = 0; chunks <= maxChunks; chunks += 1) {
    const head = bytes.read(at, 8 + maxKeywordBytes + 2);
    if (head.length < 8) return null;
    const [length, type] = [head.readUInt32BE(0), head.toString('latin1', 4, 8)];
    if (type === 'IDAT' || type === 'IEND') return null;
    if (isCompressedText(type, head.subarray(8))) compressed += length;
    if (compressed > maxCompressedTextBytes) {
      return `it is a PNG with more than ${maxCompressedTextBytes} bytes of compressed text; at most so many are inflated.`;
    }
    at += 12 + length;
  }
  return `it is a PNG with more than ${maxChunks} chunks before its pixels; at most so many are read.`;
}

const signatureBytes = 8;
const maxKeywordBytes = 79;

/** Of international text, the byte behind the keyword and its end says whether it is compressed. */
function isCompressedText(type: string, data: Buffer): boolean {
  return type === 'zTXt' || (type === 'iTXt' && data[data.indexOf(0) + 1] === 1);
}
