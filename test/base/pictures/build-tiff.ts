/** A tag of TIFF with its numbers, which are written as LONG. */
type Entry = readonly [tag: number, values: readonly number[]];

/** A little-endian TIFF with its directory in front, as scanners and `tiffset` write it, and its strips behind. */
export function buildTiff(
  { width, height, rowsPerStrip }: { width: number; height: number; rowsPerStrip: number },
  strips: readonly Buffer[],
  compression = 1,
): Buffer {
  const entries = (offsets: readonly number[]): Entry[] => [
    [256, [width]],
    [257, [height]],
    [258, [8]],
    [259, [compression]],
    [262, [1]],
    [273, offsets],
    [277, [1]],
    [278, [rowsPerStrip]],
    [279, strips.map((strip) => strip.length)],
  ];
  let at = 8 + buildDirectory(entries(strips.map(() => 0)), 8).length;
  const offsets = strips.map((strip) => (at += strip.length) - strip.length);
  return Buffer.concat([header(8), buildDirectory(entries(offsets), 8), ...strips]);
}

export interface RawParts {
  sensor: { width: number; height: number };
  /** Of the small picture in the first directory. */
  stamp: { width: number; height: number };
  orientation: number;
  preview: Buffer;
  /** DNG's DefaultCropSize. */
  crop?: readonly [width: number, height: number];
}

/** A RAW file as Nikon, Sony and DNG have it: a stamp first, the sensor and the preview in directories below it. */
export function buildRaw({ sensor, stamp, orientation, preview, crop }: RawParts): Buffer {
  const stampPixels = Buffer.alloc(stamp.width * stamp.height);
  const [previewAt, stampAt] = [8, 8 + preview.length];
  const sensorAt = stampAt + stampPixels.length;
  const sensorDirectory = buildDirectory(
    [
      [254, [0]],
      [256, [sensor.width]],
      [257, [sensor.height]],
      [258, [16]],
      [259, [34_713]],
      [262, [32_803]],
      ...(crop === undefined ? [] : [[0xc620, crop] as const]),
    ],
    sensorAt,
  );
  const previewDirectoryAt = sensorAt + sensorDirectory.length;
  const previewDirectory = buildDirectory(
    [
      [254, [1]],
      [259, [6]],
      [513, [previewAt]],
      [514, [preview.length]],
    ],
    previewDirectoryAt,
  );
  const firstAt = previewDirectoryAt + previewDirectory.length;
  const first = buildDirectory(
    [
      [254, [1]],
      [256, [stamp.width]],
      [257, [stamp.height]],
      [258, [8]],
      [259, [1]],
      [262, [1]],
      [273, [stampAt]],
      [274, [orientation]],
      [277, [1]],
      [278, [stamp.height]],
      [279, [stampPixels.length]],
      [330, [previewDirectoryAt, sensorAt]],
    ],
    firstAt,
  );
  return Buffer.concat([header(firstAt), preview, stampPixels, sensorDirectory, previewDirectory, first]);
}

function header(firstAt: number): Buffer {
  const bytes = Buffer.from('II*\0\0\0\0\0', 'latin1');
  bytes.writeUInt32LE(firstAt, 4);
  return bytes;
}

/** A directory that stands at `at`, with the numbers that have no room in their entry behind it. */
function buildDirectory(entries: readonly Entry[], at: number): Buffer {
  const fixed = Buffer.alloc(2 + entries.length * 12 + 4);
  fixed.writeUInt16LE(entries.length, 0);
  const behind: Buffer[] = [];
  let behindAt = at + fixed.length;
  for (const [index, [tag, values]] of entries.entries()) {
    const place = 2 + index * 12;
    fixed.writeUInt16LE(tag, place);
    fixed.writeUInt16LE(4, place + 2);
    fixed.writeUInt32LE(values.length, place + 4);
    fixed.writeUInt32LE(values.length === 1 ? (values[0] ?? 0) : behindAt, place + 8);
    if (values.length === 1) continue;
    const numbers = Buffer.alloc(values.length * 4);
    for (const [number, value] of values.entries()) numbers.writeUInt32LE(value, number * 4);
    behind.push(numbers);
    behindAt += numbers.length;
  }
  return Buffer.concat([fixed, ...behind]);
}
