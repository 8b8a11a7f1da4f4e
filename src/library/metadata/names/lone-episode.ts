import { numberOf, numberPattern } from './plain-signs.ts';

interface LoneEpisode {
  first: number;
  /** Null where it is one alone. */
  last: number | null;
}

interface LoneContext {
  /** The season that the folders or the name tell of. */
  season: number | null;
  isInFolder: boolean;
}

/**
 * Finds the episode in a name that has no season beside it, as those of anime and of people who leave the season to the folder:
 * `Episode 3`, `第3話`, `#3`, `[Group] Show - 03 (1080p)`, `[Group][Show][03]`, `03 - Name`, and in the folder of a season
 * `Show 03` and `Show 103`. Null where a number may as well be a part of the title.
 */
export function findLoneEpisode(plain: string, context: LoneContext): LoneEpisode | null {
  if (!anyNumber.test(plain)) return null;
  for (const form of namedForms) {
    const match = form.exec(plain);
    if (match !== null) return toEpisode(match[1]!, match[2]);
  }
  const group = groupInFront.exec(plain);
  const title = plain
    .slice(group?.[0].length ?? 0)
    // A point stands for a space, but for that of `12.5`.
    .replace(/_|\.(?!\d(?!\d))/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return findAlone(title, { ...context, hasGroup: group !== null });
}

const anyNumber = /[\d一二三四五六七八九十]/;

const words =
  'episode|episodes|ep|eps|e|épisode|folge|teil|capitulo|capítulo|episodio|episódio|aflevering|avsnitt|afsnit|odcinek|odc|jakso|rész|díl|epizoda|epizod|episodul|bölüm|серия|серии|выпуск|эпизод|επεισόδιο|tập|ตอนที่|ตอน|الحلقة|एपिसोड';
const wordsBehind = 'folge|rész|díl|epizoda|epizod|jakso|bölüm|серия|выпуск|эпизод';
// `12.5` is a summary between two episodes.
const noPart = String.raw`(?!\d|\.\d(?!\d))`;
const range = String.raw`(?:(?:[\s._]?[-~+&][\s._]?)(?:ep?)?(\d{1,4})(?![\p{L}\d]))?`;

const namedForms = [
  new RegExp(String.raw`(?<![\p{L}\d])(?:${words})[\s._#-]{0,3}(\d{1,4})${noPart}(?:v\d)?(?!\p{L})${range}`, 'iu'),
  new RegExp(String.raw`第(${numberPattern})(?:[-~](\d{1,4}))?[話话話集回夜幕章]`, 'u'),
  new RegExp(String.raw`(?:제\s?)?(?<!\d)(\d{1,4})(?:[-~](\d{1,4}))?[話话集화](?![\p{L}])`, 'u'),
  new RegExp(String.raw`(?<![\d.])(\d{1,4})[.ªº]?[\s._-]{0,2}(?:${wordsBehind})(?![\p{L}])`, 'iu'),
  new RegExp(String.raw`(?<![\p{L}\d&])#[\s]?(\d{1,4})${noPart}${range}`, 'u'),
  // The resolution stands in such brackets, too.
  /[\])】\s_.](?:\[|【)(?!(?:480|576|720|1080|1440|2160|(?:19|20)\d\d)\b)(\d{1,4})(?:[-~](\d{1,4}))?(?:v\d)?(?:[\s_.]?end)?(?:\]|】)/iu,
];

const groupInFront = /^\s*(?:\[[^\]]*\]|【[^】]*】)[\s_.-]*/u;

const number = String.raw`(?<digits>\d{1,4})(?:v\d)?(?:[-~+&](?<last>\d{1,4}))?`;
const quality = String.raw`(?:\d{3,4}[pi]|4k|uhd|hdtv|pdtv|web|webrip|web-dl|blu-?ray|bdrip|dvd|dvdrip|tvrip|x26[45]|h26[45]|hevc|xvid|end|fin|final)\b`;
const closed = String.raw`(?= *$| *[[(【]| - | ${quality})`;
const behindDash = new RegExp(String.raw` - (?:ep?)?${number}${closed}`, 'iu');
const behindDashBeforeTitle = new RegExp(String.raw` - ${number}(?= [\p{L}"'])`, 'iu');
const inFront = new RegExp(String.raw`^${number}(?:${closed}|(?= ?[-)] ))`, 'iu');
const inFrontOfTitle = new RegExp(String.raw`^${number}(?= ?[\p{L}"'])`, 'iu');
const atEnd = new RegExp(String.raw`[ -]${number}${closed}`, 'iu');

function findAlone(
  title: string,
  { season, isInFolder, hasGroup }: LoneContext & { hasGroup: boolean },
): LoneEpisode | null {
  const forms: [RegExp, (digits: string) => boolean][] = [
    [behindDash, () => true],
    [behindDashBeforeTitle, (digits) => isFilled(digits) || (season !== null && digits.length > 1)],
    [inFront, (digits) => isInFolder || isFilled(digits)],
    [inFrontOfTitle, (digits) => isFilled(digits) || season !== null],
    [atEnd, (digits) => season !== null || (hasGroup && digits.length > 1)],
  ];
  for (const [form, isMeant] of forms) {
    const { digits, last } = form.exec(title)?.groups ?? {};
    if (digits === undefined || !isMeant(digits) || isYear(digits)) continue;
    // Only what stands behind a dash is counted through all seasons.
    const isOfSeason = form !== behindDash && form !== behindDashBeforeTitle && digits.length === 3;
    if (isOfSeason && season && Math.floor(Number(digits) / 100) === season && Number(digits) % 100 > 0) {
      return { first: Number(digits) % 100, last: null };
    }
    return toEpisode(digits, last);
  }
  return null;
}

/** A number that was filled up with a zero is the number of something. */
function isFilled(digits: string): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

function isYear(digits: string): boolean {
  return /^(?:19|20)\d\d$/.test(digits);
}

/** More in one file are a time of day (`11-59`) or a score. */
const maxInFile = 26;

function toEpisode(digits: string, lastDigits?: string): LoneEpisode | null {
  const first = numberOf(digits);
  if (lastDigits === undefined) return { first, last: null };
  const last = Number(lastDigits);
  return last > first && last - first < maxInFile ? { first, last } : null;
}
