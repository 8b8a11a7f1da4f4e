import type { JsonValue } from '../../base/config/media-config.ts';
import { cutToBytes, isStorableText } from '../../base/text.ts';
import { extname } from 'node:path';

export type PictureName = { ok: true; name: string } | { ok: false; code: string; message: string };

/**
 * The file below the legacy folder of pictures that an element of `extra_json.images` names: the last part of what is
 * mostly `/media/model_12_1757000000000_my_pic.png`. A name that means another folder than that one is refused.
 */
export function pictureNameOf(image: JsonValue): PictureName {
  if (typeof image !== 'string' || image.trim() === '') {
    return { ok: false, code: 'PICTURE_NAME_INVALID', message: 'The element of `images` is no name.' };
  }
  if (!isStorableText(image) || image.length > maxNameLength) {
    const message = 'The name of the picture holds a NUL or half a character, or is too long for a name.';
    return { ok: false, code: 'PICTURE_NAME_INVALID', message };
  }
  const segments = image.split(/[\\/]/);
  if (segments.some((segment) => segment === '..' || segment === '.')) {
    const message = `"${image.slice(0, 200)}" leads out of the folder of pictures, and is not followed.`;
    return { ok: false, code: 'PICTURE_OUTSIDE_FOLDER', message };
  }
  const name = segments.at(-1) ?? '';
  if (name === '') return { ok: false, code: 'PICTURE_NAME_INVALID', message: 'The name of the picture is a folder.' };
  return { ok: true, name };
}

const maxNameLength = 4096;

/**
 * The name of a pending picture in the store: the legacy id and the number of the picture make it unique, the rest shows
 * people what it is. It has at most 200 bytes, of letters, digits, `.`, `_` and `-`.
 */
export function pendingPictureName(legacyId: number, seq: number, stem: string, source: string): string {
  const extension = extname(source).toLowerCase();
  const suffix = /^\.[a-z0-9]{1,8}$/.test(extension) ? extension : '';
  const readable = stem.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '_');
  return `${legacyId}_${seq}_${cutToBytes(readable, 150)}${suffix}`;
}
