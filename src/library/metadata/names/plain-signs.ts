/**
 * Returns a name in which digits of any script, letters as wide as the signs of East Asia and the kinds of dashes are those of
 * ASCII, and accents stand in their letters, so that one pattern reads them all.
 */
export function toPlainSigns(name: string): string {
  if (ascii.test(name)) return name;
  return name
    .normalize('NFC')
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! - wideOffset))
    .replace(/[^\P{Nd}0-9]/gu, (digit) => String(valueOf(digit.codePointAt(0)!)))
    .replace(/\u3000/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-');
}

const ascii = /^[\0-\x7f]*$/;
const wideOffset = 0xfee0;

/** The zeros of the scripts whose digits people write in names; of any other, a digit counts by its place in its block. */
const zeros = [0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0];

function valueOf(codePoint: number): number {
  const zero = zeros.findLast((first) => first <= codePoint && codePoint < first + 10) ?? codePoint & ~0x0f;
  return (codePoint - zero) % 10;
}

const kanji = '〇一二三四五六七八九';

/** Reads a number below a hundred as East Asia writes it: `三`, `十二`, `二十`; digits count as they are. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [before, after] = text.split('十');
  if (after === undefined) return kanji.indexOf(text);
  return (before === '' ? 1 : kanji.indexOf(before!)) * 10 + (after === '' ? 0 : kanji.indexOf(after));
}

/** One number that `numberOf` reads. */
export const numberPattern = '(?:\\d{1,4}|[〇一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九])';
