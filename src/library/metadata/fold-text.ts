/**
 * Returns the form in which texts are compared and searched: without regard to case (Unicode's full case folding), accents,
 * width, the two kinds of kana, ligatures, and the forms of quotes, dashes and spaces. Runs of white space are one space.
 * Folding a folded text changes nothing. Vowel signs and voicing marks of scripts that spell with them stay.
 */
export function foldText(text: string): string {
  // Most names are ASCII, and a scan folds each.
  if (isAscii(text)) {
    const lower = text.toLowerCase();
    return oddSpace.test(lower) ? lower.replace(whiteSpace, ' ') : lower;
  }
  // A few signs become others that are folded in turn: `ŉ` is a quote and a letter.
  for (let before = text, pass = 0; ; before = text, pass++) {
    text = foldOnce(before);
    if (text === before || pass === maxPasses) return text;
  }
}

const maxPasses = 4;

function foldOnce(text: string): string {
  const decomposed = text.replace(lookalikes, (sign) => plainForms.get(sign) ?? sign).normalize('NFKD');
  return caseFold(decomposed)
    .normalize('NFKD')
    .replace(ignored, '')
    .replace(letters, (letter) => plainForms.get(letter) ?? letter)
    .replace(katakana, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - katakanaAboveHiragana))
    .normalize('NFC')
    .replace(whiteSpace, ' ');
}

/**
 * Going up and down again folds what lower case alone leaves: `ß` is `ss`, and the form of a sigma depends no more on the
 * letters around it.
 */
function caseFold(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

/** Whether a text has signs of ASCII alone, which fold one by one. */
export function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

const beyondAscii = /[\u0080-\uffff]/;

const whiteSpace = /\s+/g;
/** A space that is not a single plain one. */
const oddSpace = /[^\S ]| {2}/;

/** What Unicode keeps apart and people type as one. Decomposition takes care of letters with accents. */
const plainForms = new Map(
  Object.entries({
    "'": '‘’‚‛′`´ʼ',
    '"': '“”„‟″«»',
    '-': '‐‑‒–—―−',
    ' ': '\u1680\u180e\u2028\u2029',
    i: 'ı',
    o: 'ø',
    d: 'đð',
    l: 'ł',
    h: 'ħ',
    t: 'ŧ',
    n: 'ŋ',
    j: 'ȷ',
    ae: 'æ',
    oe: 'œ',
    th: 'þ',
  }).flatMap(([plain, forms]) => Array.from(forms, (form) => [form, plain] as const)),
);

const lookalikes = /[‘’‚‛′`´ʼ“”„‟″«»‐‑‒–—―−\u1680\u180e\u2028\u2029]/g;
const letters = /[ıøđðłħŧŋȷæœþ]/g;

// Accents of Latin, Greek and Cyrillic letters, but for the breve that makes й and ў letters of their own; points of
// Hebrew, vowels of Arabic; and what is not seen at all.
const ignored =
  /(?<![иу])\u0306|[\u0300-\u0305\u0307-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]|\p{Default_Ignorable_Code_Point}/gu;

const katakana = /[\u30a1-\u30f6\u30fd\u30fe]/g;
const katakanaAboveHiragana = 0x60;
