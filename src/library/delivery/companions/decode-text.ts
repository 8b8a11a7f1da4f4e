import { isUtf8 } from 'node:buffer';

/** The encodings that people of a language had before UTF-8, where it is not Windows-1252. */
const encodings: Readonly<Record<string, string>> = {
  ar: 'windows-1256',
  be: 'windows-1251',
  bg: 'windows-1251',
  bs: 'windows-1250',
  cs: 'windows-1250',
  el: 'windows-1253',
  et: 'windows-1257',
  fa: 'windows-1256',
  he: 'windows-1255',
  hr: 'windows-1250',
  hu: 'windows-1250',
  ja: 'shift_jis',
  ko: 'euc-kr',
  lt: 'windows-1257',
  lv: 'windows-1257',
  mk: 'windows-1251',
  pl: 'windows-1250',
  ro: 'windows-1250',
  ru: 'windows-1251',
  sk: 'windows-1250',
  sl: 'windows-1250',
  sr: 'windows-1251',
  th: 'windows-874',
  tr: 'windows-1254',
  uk: 'windows-1251',
  vi: 'windows-1258',
  zh: 'gb18030',
};

/**
 * Decodes a text of unknown encoding: UTF-8, UTF-16 by its mark or by its zeros, else what people of its language had, else
 * Windows-1252. Nothing is an error: what has no meaning becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, language: string | null): string {
  const encoding = encodingOf(bytes, language);
  const text = new TextDecoder(encoding).decode(bytes).replaceAll('\0', '');
  return encoding === 'windows-1252'
    ? text.replaceAll(/[\x80-\x9f]/g, (sign) => signs[sign.charCodeAt(0) - 0x80] ?? sign)
    : text;
}

/** Node takes Windows-1252 for Latin-1, which has no signs from 0x80 to 0x9f. */
const signs = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function encodingOf(bytes: Uint8Array, language: string | null): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Before the first letter beyond ASCII, each second byte is a zero.
  if (first !== 0 && second === 0 && bytes[3] === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && bytes[2] === 0) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  if (language === 'zh-Hant' || language === 'zh-TW' || language === 'zh-HK') return 'big5';
  return encodings[language?.split('-')[0] ?? ''] ?? 'windows-1252';
}
