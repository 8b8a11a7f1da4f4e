import type { BigIntStats } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { ScannedFile } from './describe-file.ts';

/**
 * Returns the signature that shows, without opening a file, whether it is still the one that was catalogued:
 * `size-mtime-path`, each in base 36, the path as its CRC-32. `modifiedNs` is the mtime in nanoseconds, since a second
 * write within one millisecond must show; `relativePath` has `/` between its parts, so that a scan and an upload agree
 * on every platform.
 */
export function signatureOf(relativePath: string, sizeBytes: number, modifiedNs: bigint): string {
  return `${base36(BigInt(sizeBytes))}-${base36(modifiedNs)}-${base36(BigInt(crc32(relativePath)))}`;
}

/** Whether the stats of an item's file are those of the file that was catalogued, unchanged since. */
export function isAsCatalogued(
  item: { relativePath: string; signature: string },
  { size, mtimeNs }: BigIntStats,
): boolean {
  return signatureOf(item.relativePath, Number(size), mtimeNs) === item.signature;
}

/** All numbers are bigints: V8 writes them in base 36 twice as fast, which a scan does for each file. */
function base36(value: bigint): string {
  return value.toString(36);
}

/** Returns the file as it was when it got this signature; null for a text that is no signature. */
export function fileOfSignature(relativePath: string, signature: string): ScannedFile | null {
  const parts = /^([0-9a-z]+)-(-?)([0-9a-z]+)-[0-9a-z]+$/.exec(signature);
  if (parts === null) return null;
  const [, size = '', sign = '', modified = ''] = parts;
  const milliseconds = Number(fromBase36(modified) / 1_000_000n);
  const modifiedAtMs = sign === '' ? milliseconds : -milliseconds;
  return { relativePath, sizeBytes: Number.parseInt(size, 36), modifiedAtMs, signature };
}

/** A number cannot hold all digits of today's nanoseconds. */
function fromBase36(digits: string): bigint {
  let sum = 0n;
  for (const digit of digits) sum = sum * 36n + BigInt(Number.parseInt(digit, 36));
  return sum;
}

/** Returns the part of a signature without the path, which stays the same where a file was only moved. */
export function contentKeyOf(signature: string): string {
  return signature.slice(0, signature.lastIndexOf('-'));
}
