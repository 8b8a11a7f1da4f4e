/** Codes that people use and no standard has, or that only an older one has. */
const otherCodes: Readonly<Record<string, string>> = {
  alb: 'sq',
  arm: 'hy',
  baq: 'eu',
  bur: 'my',
  chi: 'zh',
  chs: 'zh-Hans',
  cht: 'zh-Hant',
  cn: 'zh',
  cz: 'cs',
  cze: 'cs',
  dut: 'nl',
  fre: 'fr',
  geo: 'ka',
  ger: 'de',
  gr: 'el',
  gre: 'el',
  ice: 'is',
  jp: 'ja',
  kr: 'ko',
  mac: 'mk',
  mao: 'mi',
  may: 'ms',
  pb: 'pt-BR',
  per: 'fa',
  pob: 'pt-BR',
  rum: 'ro',
  scc: 'sr',
  scr: 'hr',
  slo: 'sk',
  tib: 'bo',
  ua: 'uk',
  wel: 'cy',
};

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Returns the language, by BCP 47, that a part of a name stands for: a code or a name; null where it is none. */
export function languageOf(part: string): string | null {
  const text = part.toLowerCase().replaceAll('_', '-');
  const known = otherCodes[text] ?? null;
  if (known !== null) return known;
  if (/^[a-z]{2,3}(?:-(?:[a-z]{4}|[a-z]{2}|\d{3})){0,2}$/.test(text)) return canonical(text);
  return text.length > 3 ? (languageNames().get(text) ?? null) : null;
}

function canonical(text: string): string | null {
  const [tag] = Intl.getCanonicalLocales(text);
  const [language = ''] = tag?.split('-') ?? [];
  return tag !== undefined && language !== 'und' && english.of(language) !== undefined ? tag : null;
}

let names: Map<string, string> | undefined;

/** The names of languages in English and in themselves, in lower case. */
function languageNames(): Map<string, string> {
  if (names !== undefined) return names;
  names = new Map();
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const inEnglish = english.of(code);
    if (inEnglish === undefined || canonical(code) !== code) continue;
    const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
    for (const name of [own, inEnglish]) if (name !== undefined) names.set(name.toLowerCase(), code);
  }
  return names;
}
