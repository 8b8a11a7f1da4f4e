import { extname } from 'node:path';

/**
 * What a pending picture is called in the store: the legacy id and the picture's place make it the only one of its name,
 * the rest tells people what it is. At most 200 bytes, of letters, digits, `.`, `_` and `-`.
 */
export function pendingPictureName(legacyId: number, place: number, stem: string, source: string): string {
  const extension = extname(source).toLowerCase();
  const suffix = /^\.[a-z0-9]{1,8}$/.test(extension) ? extension : '';
  const readable = stem.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '_');
  return `${legacyId}_${place}_${truncate(readable, 150)}${suffix}`;
}

function truncate(text: string, maxBytes: number): string {
  let result = '';
  for (const character of text) {
    if (Buffer.byteLength(result + character) > maxBytes) break;
    result += character;
  }
  return result;
}
