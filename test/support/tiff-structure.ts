/** A tag of a TIFF structure: text (ASCII), bytes as they are, whole numbers (SHORT, LONG) or fractions. */
export type TiffEntry = readonly [
  tag: number,
  value:
    | string
    | Buffer
    | { short: readonly number[] }
    | { long: readonly number[] }
    | { fractions: readonly (readonly [number, number])[] },
];

interface TiffParts {
  image?: readonly TiffEntry[];
  exif?: readonly TiffEntry[];
  gps?: readonly TiffEntry[];
}

/** Returns a TIFF structure in little-endian order, with directories of EXIF and GPS behind the first. */
export function tiffStructure({ image = [], exif, gps }: TiffParts): Buffer {
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  const pointers = (at: { exif: number; gps: number }): TiffEntry[] => [
    ...(exif === undefined ? [] : [[0x8769, { long: [at.exif] }] as const]),
    ...(gps === undefined ? [] : [[0x8825, { long: [at.gps] }] as const]),
  ];
  const firstLength = directory([...image, ...pointers({ exif: 0, gps: 0 })], 8).length;
  const exifAt = 8 + firstLength;
  const exifDirectory = directory(exif ?? [], exifAt);
  const gpsAt = exifAt + exifDirectory.length;
  const first = directory([...image, ...pointers({ exif: exifAt, gps: gpsAt })], 8);
  return Buffer.concat([head, first, exifDirectory, directory(gps ?? [], gpsAt)]);
}

/** A block of EXIF as JPEG has it. */
export function exifBlock(parts: TiffParts): Buffer {
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffStructure(parts)]);
}

/** The bytes of a directory at that offset, with the values behind it. */
export function directory(entries: readonly TiffEntry[], offset: number): Buffer {
  const table = Buffer.alloc(2 + entries.length * 12 + 4);
  table.writeUInt16LE(entries.length, 0);
  const values: Buffer[] = [];
  let end = offset + table.length;
  for (const [index, [tag, value]] of entries.entries()) {
    const { type, count, bytes } = encode(value);
    const at = 2 + index * 12;
    table.writeUInt16LE(tag, at);
    table.writeUInt16LE(type, at + 2);
    table.writeUInt32LE(count, at + 4);
    if (bytes.length <= 4) bytes.copy(table, at + 8);
    else {
      table.writeUInt32LE(end, at + 8);
      values.push(bytes);
      end += bytes.length;
    }
  }
  return Buffer.concat([table, ...values]);
}

function encode(value: TiffEntry[1]): { type: number; count: number; bytes: Buffer } {
  if (typeof value === 'string') {
    const bytes = Buffer.from(`${value}\0`);
    return { type: 2, count: bytes.length, bytes };
  }
  if (Buffer.isBuffer(value)) return { type: 1, count: value.length, bytes: value };
  if ('short' in value)
    return { type: 3, count: value.short.length, bytes: Buffer.from(Uint16Array.from(value.short).buffer) };
  if ('long' in value)
    return { type: 4, count: value.long.length, bytes: Buffer.from(Uint32Array.from(value.long).buffer) };
  const numbers = value.fractions.flat();
  return { type: 5, count: value.fractions.length, bytes: Buffer.from(Uint32Array.from(numbers).buffer) };
}
