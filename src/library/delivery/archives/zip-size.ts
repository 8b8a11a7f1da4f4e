import { timeFieldBytes } from './zip-file.ts';

interface SizedEntry {
  name: string;
  sizeBytes: number;
  /** Whether the zip says the moment of its last modification. */
  hasMoment: boolean;
}

/** Sizes and places beyond this need 64 bits. */
const max32Bit = 0xfffffffe;

/**
 * Calculates the size of a zip of stored files, each with its checksum behind it (APPNOTE 4.3), in bytes. `hasLargeEnd`:
 * whether its end has the large form in any case.
 */
export function sizeOfZip(entries: readonly SizedEntry[], hasLargeEnd: boolean): number {
  let sizeBytes = 0;
  let directoryBytes = 0;
  for (const { name, sizeBytes: fileBytes, hasMoment } of entries) {
    const isLarge = fileBytes > max32Bit || sizeBytes > max32Bit;
    const described = Buffer.byteLength(name) + (hasMoment ? timeFieldBytes : 0);
    sizeBytes += 30 + described + fileBytes + (isLarge ? 24 : 16);
    directoryBytes += 46 + described + (isLarge ? 28 : 0);
  }
  const isLargeEnd = hasLargeEnd || entries.length >= 0xffff || sizeBytes > max32Bit;
  return sizeBytes + directoryBytes + (isLargeEnd ? 56 + 20 : 0) + 22;
}
