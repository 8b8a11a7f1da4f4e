import { isStorableJson, toStorableText } from '../../base/text.ts';
import type { JsonValue } from '../../base/config/media-config.ts';

interface ExtraJson {
  /** The new `meta_json`. Text that is no usable object, or loses digits, is kept in it as it was, as `legacy_extra_json`. */
  meta: { [key: string]: JsonValue };
  /** The elements of `images`, which are names where all is well. */
  images: JsonValue[];
  problem?: { code: string; message: string };
}

/** Larger texts are not kept: a description and a list of names are a few thousand bytes. */
export const maxExtraBytes = 1024 * 1024;

/**
 * Reads the `extra_json` of a legacy model. NULL, blank and `{}` say nothing and are no problem. `sizeBytes` is its size in
 * the database, where text over `maxExtraBytes` is not even read; `imagesText` has the `images` of such a text, where they
 * could be found.
 */
export function readExtraJson(stored: unknown, sizeBytes: number | null, imagesText: string | null = null): ExtraJson {
  if (sizeBytes !== null && sizeBytes > maxExtraBytes) {
    const images = imagesText === null ? null : (JSON.parse(imagesText) as JsonValue);
    const isList = Array.isArray(images);
    const what = isList ? 'it, but with its pictures' : 'it, and without any pictures that it names';
    const message = `extra_json has ${sizeBytes} bytes; at most ${maxExtraBytes} are taken over. The record is here without ${what}.`;
    return { meta: {}, images: isList ? images : [], problem: { code: 'EXTRA_JSON_TOO_LARGE', message } };
  }
  if (stored === null || stored === undefined) return { meta: {}, images: [] };
  const text = toText(stored);
  if (text === null) return broken('is no text', '');
  if (text.trim() === '') return { meta: {}, images: [] };
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return broken('is no JSON', text); // the parser's own message quotes from the text
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return broken('is no JSON object', text);
  const { images = [] } = value;
  const kept = keep(value, text);
  if (Array.isArray(images)) return { ...kept, images };
  const problem = { code: 'IMAGES_NO_LIST', message: '`images` of extra_json is no list.' };
  return { ...kept, images: [], problem };
}

function keep(value: { [key: string]: JsonValue }, text: string): Pick<ExtraJson, 'meta' | 'problem'> {
  if (!isStorableJson(value)) {
    const what = 'nests over 100 deep, or holds a NUL, half a character or the name __proto__, which is not kept';
    return broken(what, text, '');
  }
  const rounded = findRoundedNumber(text);
  if (rounded === null) return { meta: value };
  const message = `extra_json has numbers that are rounded here, such as ${rounded.slice(0, 100)}. The text is kept as meta.legacy_extra_json too.`;
  return {
    meta: { ...value, legacy_extra_json: text },
    problem: { code: 'EXTRA_JSON_NUMBERS_ROUNDED', message },
  };
}

/** A number in the JSON that parsing rounds, such as a seed of 64 bits; null where there is none. */
function findRoundedNumber(json: string): string | null {
  if (!mayHaveRounded.test(json)) return null;
  for (const [token] of json.matchAll(stringOrNumber)) {
    if (token.startsWith('"')) continue;
    const value = Number(token);
    if (!Number.isFinite(value)) return token;
    // What is written again has other digits even where the number is one that a double can be, such as 2^64.
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER && wholeNumber(token) !== wholeNumber(String(value))) return token;
  }
  return null;
}

/** The digits of a whole number in any of JSON's spellings; null for a number with a fraction. */
function wholeNumber(token: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = spelling.exec(token) ?? [];
  const shift = Number(exponent) - fraction.length;
  const digits = whole + fraction;
  if (shift >= 0) return sign + (digits + '0'.repeat(shift)).replace(/^0+(?=\d)/, '');
  return /^0*$/.test(digits.slice(shift)) ? sign + digits.slice(0, shift).replace(/^0+(?=\d)/, '') : null;
}

const mayHaveRounded = /\d{16}|\d\.\d{6,}e|\de\+?\d{3}/i;
const stringOrNumber = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;
const spelling = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** The text, also where a library wrote it as bytes; null for what is no text in any form. */
function toText(stored: unknown): string | null {
  if (typeof stored === 'string') return stored;
  if (!Buffer.isBuffer(stored)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(stored);
  } catch {
    return null;
  }
}

function broken(what: string, text: string, lost = ' Pictures that it names are not.'): ExtraJson {
  const kept = toStorableText(text);
  const outcome = kept === '' ? 'without it' : 'and the text is kept as meta.legacy_extra_json';
  return {
    meta: kept === '' ? {} : { legacy_extra_json: kept },
    images: [],
    problem: {
      code: 'EXTRA_JSON_BROKEN',
      message: `extra_json ${what}. The record is here, ${outcome}.${lost}`,
    },
  };
}
