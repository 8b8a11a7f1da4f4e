import { crc32 } from 'node:zlib';

interface ScansOptions {
  /** Of the square. */
  side: number;
  scans: number;
  /** Distinguishes one file from another. */
  note?: string;
}

/**
 * A valid progressive JPEG whose scans after the first are empty: 145 bytes each in a square of 10,000 pixels, of which
 * a decoder goes through all blocks for each scan.
 */
export function jpegOfScans({ side, scans, note = '' }: ScansOptions): Buffer {
  const blocks = Math.ceil(side / 8) ** 2;
  const runs = Math.ceil(blocks / 32_767);
  const frame = Buffer.from([8, side >> 8, side & 255, side >> 8, side & 255, 1, 1, 0x11, 0]);
  const code = Buffer.from([1, ...Array.from({ length: 15 }, () => 0), 0]);
  const scan = Buffer.concat([
    segment(0xda, Buffer.from([1, 1, 0, 1, 63, 0])),
    bits(`0${'1'.repeat(14)}`.repeat(runs)),
  ]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, Buffer.from([0, ...Array.from({ length: 64 }, () => 1)])),
    segment(0xc2, frame),
    segment(0xc4, Buffer.concat([Buffer.from([0]), code])),
    segment(0xc4, Buffer.concat([Buffer.from([0x10]), code.subarray(0, -1), Buffer.from([0xe0])])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 0, 0])),
    bits('0'.repeat(blocks)),
    segment(0xfe, Buffer.from(note)),
    ...Array.from({ length: scans }, () => scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Entropy-coded data: filled up with ones, and a zero behind each byte of ones. */
function bits(text: string): Buffer {
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, '1');
  const bytes = Array.from({ length: padded.length / 8 }, (_, index) =>
    parseInt(padded.slice(index * 8, index * 8 + 8), 2),
  );
  return Buffer.from(bytes.flatMap((byte) => (byte === 255 ? [255, 0] : [byte])));
}

/** A drawing of some kilobytes whose filters, each of which takes the result of the one before, take many minutes. */
export function drawingOfFilters(filters: number, side = 10_000): string {
  const chain = Array.from(
    { length: filters },
    (_, index) =>
      `<feTurbulence baseFrequency="0.0${(index % 9) + 1}" numOctaves="100" seed="${index}" result="t${index}"/>` +
      `<feDisplacementMap in="t${index}" in2="t${index}" scale="50"/>`,
  ).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
    `<filter id="f" x="0" y="0" width="1" height="1">${chain}</filter>` +
    `<rect width="${side}" height="${side}" filter="url(#f)"/></svg>`
  );
}

/** It has no filter: a quarter of a million circles, each as large as the picture, and each seen through. */
export function drawingOfShapes(): string {
  const levels = Array.from({ length: 9 }, (_, n) => `<g id="g${n + 1}">${`<use href="#g${n}"/>`.repeat(4)}</g>`).join(
    '',
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="10000" height="10000"><defs>` +
    `<circle id="g0" r="9000" opacity="0.1"/>${levels}</defs><use href="#g9"/></svg>`
  );
}

/** Puts chunks between the head of a PNG and its pixels. */
export function withChunks(png: Buffer, chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
