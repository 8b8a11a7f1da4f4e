import { cleanNumber, cleanText, cleanTexts, withoutGaps } from './clean.ts';
import { toPlace } from './exif-facts.ts';
import type { CameraFacts, CaptureCandidate, MediaFacts } from './facts.ts';
import { parseLocalTime } from './local-time.ts';
import type { Notes } from './notes.ts';
import type { XmpProperties } from './xmp.ts';

/** The dates of XMP that say when something was recorded, the most certain first; those of satellites are in UTC. */
const dateNames = [
  ['exif:DateTimeOriginal', 'XMP'],
  ['photoshop:DateCreated', 'XMP'],
  ['exif:DateTimeDigitized', 'XMP'],
  ['xmp:CreateDate', 'XMP'],
  ['exif:GPSTimeStamp', 'GPS'],
  ['exif:GPSDateTime', 'GPS'],
] as const;

export function xmpDates(properties: XmpProperties, notes: Notes): CaptureCandidate[] {
  return dateNames.flatMap(([property, source]) => {
    const [text] = properties.get(property) ?? [];
    // A year, or a year and a month, is a valid date of XMP, and says too little.
    if (text === undefined || /^\d{4}(?:-\d{2})?$/.test(text)) return [];
    const time = parseLocalTime(text);
    const name = `XMP ${property}`;
    if (time === null) {
      notes.add(`${name} is "${text.slice(0, 40)}", which is no date; it is ignored.`);
      return [];
    }
    return [{ name, source, localMs: time.localMs, offsetMinutes: source === 'GPS' ? null : time.offsetMinutes }];
  });
}

/** Returns what XMP says of a picture, beside its dates. */
export function xmpFacts(properties: XmpProperties, notes: Notes): MediaFacts {
  const first = (...names: string[]) =>
    names.map((name) => properties.get(name)?.[0]).find((text) => text !== undefined);
  const text = (what: string, ...names: string[]) => cleanText(first(...names), what, notes, 100);
  const rating = cleanNumber(ratingOf(first), 'The rating', notes, { min: -1, max: 5 });
  const words = properties.get('dc:subject') ?? properties.get('MicrosoftPhoto:LastKeywordXMP') ?? [];
  const keywords = cleanTexts(words, 'keywords', notes, { maxItems: 200 });
  const [latitude, longitude] = [first('exif:GPSLatitude'), first('exif:GPSLongitude')].map(degreesOf);
  const camera = withoutGaps<CameraFacts>({
    make: text('The name of the camera', 'tiff:Make'),
    model: text('The name of the camera', 'tiff:Model'),
    lens: text('The name of the lens', 'exifEX:LensModel', 'aux:Lens'),
  });
  return (
    withoutGaps<MediaFacts>({
      camera,
      place: toPlace({ latitude, longitude }, notes),
      rating: rating === undefined ? undefined : Math.round(rating),
      keywords: keywords.length === 0 ? undefined : keywords,
      embeddedTitle: cleanText(first('dc:title'), 'The title', notes),
      caption: cleanText(first('dc:description'), 'The caption', notes, maxCaptionLength),
      hdr: properties.has('hdrgm:Version') ? 'gain map' : undefined,
    }) ?? {}
  );
}

export const maxCaptionLength = 2_000;

function ratingOf(first: (name: string) => string | undefined): number | undefined {
  const stars = first('xmp:Rating');
  if (stars !== undefined) return Number(stars);
  const percent = first('MicrosoftPhoto:Rating');
  // Windows writes 1, 25, 50, 75 and 99.
  return percent === undefined ? undefined : Math.ceil(Number(percent) / 24.75);
}

/** Reads `48,30.5N` or `48,30,30N`. */
function degreesOf(text: string | undefined): number | undefined {
  const match = /^(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])$/i.exec(text ?? '');
  if (match === null) return undefined;
  const [, degrees, minutes, seconds = '0', side = ''] = match;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return /[SW]/i.test(side) ? -value : value;
}
