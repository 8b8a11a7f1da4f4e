import { languageOf } from './languages.ts';

/** What the name of a subtitle says of it. */
export interface SubtitleFacts {
  /** By BCP 47; null where the name does not say it. */
  language: string | null;
  /** What else stands in the name, such as `Commentary`. */
  title: string | null;
  isForced: boolean;
  isDefault: boolean;
  isHearingImpaired: boolean;
}

const formats = new Set(['srt', 'vtt', 'ass', 'ssa', 'sub', 'idx', 'sup', 'smi', 'sbv', 'ttml', 'dfxp']);
const convertible = new Set(['srt', 'vtt', 'ass', 'ssa']);

export function isSubtitle(filename: string): boolean {
  return formats.has(extensionOf(filename));
}

/** Whether it can be served as WebVTT. */
export function isConvertible(filename: string): boolean {
  return convertible.has(extensionOf(filename));
}

function extensionOf(filename: string): string {
  return filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
}

const flags: Readonly<Record<string, 'isForced' | 'isDefault' | 'isHearingImpaired'>> = {
  forced: 'isForced',
  foreign: 'isForced',
  default: 'isDefault',
  sdh: 'isHearingImpaired',
  cc: 'isHearingImpaired',
  hi: 'isHearingImpaired',
};

/**
 * Reads what stands in the name of a subtitle beside that of its film: `.en.forced`, `.Commentary.de`, `2_English`. `hi` alone is
 * Hindi, and behind a language it is for those who are hard of hearing.
 */
export function readSubtitleFacts(rest: string): SubtitleFacts {
  const facts = { isForced: false, isDefault: false, isHearingImpaired: false };
  const parts = partsOf(rest);
  let language: string | null = null;
  const others: string[] = [];
  // The language is the last part that is one, as a title may have words that are codes, too.
  for (const part of parts.toReversed()) {
    const flag = flags[part.toLowerCase()];
    const isHindi = part.toLowerCase() === 'hi' && language === null && !hasLanguage(parts, part);
    if (flag !== undefined && !isHindi) facts[flag] = true;
    else if (language === null && languageOf(part) !== null) language = languageOf(part);
    else if (!/^\d{1,2}$/.test(part)) others.unshift(part);
  }
  return { ...facts, language, title: others.length === 0 ? null : others.join(' ').slice(0, 200) };
}

/** `pt-BR` is one part, `2_English` and `en-forced` are two. */
function partsOf(rest: string): string[] {
  return rest.split(/[.()[\]{},\s]+/).flatMap((part) => {
    const smaller = part.split(/[_-]/);
    const isOne = languageOf(part) !== null && !smaller.some((each) => flags[each.toLowerCase()] !== undefined);
    return (isOne ? [part] : smaller).filter((each) => each !== '');
  });
}

function hasLanguage(parts: readonly string[], except: string): boolean {
  return parts.some((part) => part !== except && flags[part.toLowerCase()] === undefined && languageOf(part) !== null);
}

/** Whether all that stands behind the name of a film says what kind of subtitle it is, and is not part of another film's name. */
export function isOnlyFacts(rest: string): boolean {
  const { title, ...facts } = readSubtitleFacts(rest);
  return title === null && (facts.language !== null || facts.isForced || facts.isDefault || facts.isHearingImpaired);
}
