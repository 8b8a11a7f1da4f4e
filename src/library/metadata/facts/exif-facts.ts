import { cleanNumber, cleanText, cleanTexts, withoutGaps } from './clean.ts';
import type { CameraFacts, MediaFacts, PlaceFacts } from './facts.ts';
import type { Notes } from './notes.ts';
import { bytesOf, numbersOf, textOf, type TiffFacts, type TiffTags } from './tiff-tags.ts';

/** Returns the camera, the lens and the exposure that EXIF says; undefined where it says none of it. */
export function exifCamera({ image, exif }: TiffFacts, notes: Notes): CameraFacts | undefined {
  const text = (value: string | undefined, what: string) => cleanText(value, what, notes, 100);
  const number = (value: number | undefined, what: string, max: number, min = 0) =>
    // Cameras write zero, or a fraction without a denominator, for what they do not know.
    value === 0 ? undefined : cleanNumber(value, what, notes, { min, max, digits: 5 });
  return withoutGaps<CameraFacts>({
    make: text(textOf(image, 0x010f), 'The name of the camera'),
    model: text(textOf(image, 0x0110), 'The name of the camera'),
    lens: text(textOf(exif, 0xa434) ?? lensByNumbers(numbersOf(exif, 0xa432)), 'The name of the lens'),
    exposureSeconds: number(exposureTime(exif), 'The exposure time', 1_000_000),
    aperture: number(apertureOf(exif), 'The aperture', 1_000),
    iso: number(sensitivityOf({ image, exif }), 'The ISO speed', 100_000_000),
    focalLengthMm: number(numbersOf(exif, 0x920a)[0], 'The focal length', 100_000),
    focalLength35Mm: number(numbersOf(exif, 0xa405)[0], 'The focal length', 100_000),
  });
}

function exposureTime(exif: TiffTags): number | undefined {
  const [time] = numbersOf(exif, 0x829a);
  const [apex] = numbersOf(exif, 0x9201);
  return time ?? (apex === undefined ? undefined : 2 ** -apex);
}

function apertureOf(exif: TiffTags): number | undefined {
  const [fNumber] = numbersOf(exif, 0x829d);
  const [apex] = numbersOf(exif, 0x9202);
  return fNumber ?? (apex === undefined ? undefined : 2 ** (apex / 2));
}

/** The old tag has 16 bits; beyond, it is full and others have the number. */
function sensitivityOf({ image, exif }: Pick<TiffFacts, 'image' | 'exif'>): number | undefined {
  const [short] = numbersOf(exif, 0x8827);
  if (short !== undefined && short < 65_535) return short;
  const full = numbersOf(exif, 0x8832)[0] ?? numbersOf(exif, 0x8833)[0] ?? numbersOf(exif, 0x8831)[0] ?? short;
  // In its own format, Panasonic has a tag of its own among those of the picture.
  const isPanasonic = /^(?:Panasonic|LEICA)/i.test(textOf(image, 0x010f) ?? '');
  return full ?? (isPanasonic ? numbersOf(image, 0x17)[0] : undefined);
}

/** The shortest and longest focal length, and the apertures there. */
function lensByNumbers([shortest, longest, wide, tele]: number[]): string | undefined {
  if (!shortest || !longest) return undefined;
  return `${range(shortest, longest)}mm${wide ? ` f/${range(wide, tele)}` : ''}`;
}

function range(from: number, to: number | undefined): string {
  return !to || to === from ? `${round(from)}` : `${round(from)}-${round(to)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Returns where the picture was taken; undefined where that is not known, or nowhere on Earth. */
export function exifPlace({ gps }: TiffFacts, notes: Notes): PlaceFacts | undefined {
  const latitude = degreesOf(numbersOf(gps, 0x02), textOf(gps, 0x01) ?? 'N', 'S');
  const longitude = degreesOf(numbersOf(gps, 0x04), textOf(gps, 0x03) ?? 'E', 'W');
  const [metres] = numbersOf(gps, 0x06);
  const isBelow = [1, 3].includes(numbersOf(gps, 0x05)[0] ?? 0);
  return toPlace(
    { latitude, longitude, altitude: metres === undefined ? undefined : isBelow ? -metres : metres },
    notes,
  );
}

/** Returns a place with what makes sense of it; undefined for one that is nowhere on Earth, with a note. */
export function toPlace(
  place: { latitude: number | undefined; longitude: number | undefined; altitude?: number | undefined },
  notes: Notes,
): PlaceFacts | undefined {
  if (place.latitude === 0 && place.longitude === 0) {
    notes.add('The place is 0° N 0° E, which receivers write that know none; it is left out.');
    return undefined;
  }
  const latitude = cleanNumber(place.latitude, 'The latitude', notes, { min: -90, max: 90, digits: 9 });
  const longitude = cleanNumber(place.longitude, 'The longitude', notes, { min: -180, max: 180, digits: 10 });
  const altitude = cleanNumber(place.altitude, 'The altitude', notes, { min: -12_000, max: 100_000 });
  if (latitude === undefined || longitude === undefined) return undefined;
  return { latitude, longitude, ...(altitude !== undefined && { altitude }) };
}

function degreesOf(
  [degrees, minutes = 0, seconds = 0]: number[],
  reference: string,
  negative: string,
): number | undefined {
  // Minutes or seconds without a denominator stand for none.
  const value = (degrees ?? Number.NaN) + (minutes || 0) / 60 + (seconds || 0) / 3600;
  if (Number.isNaN(value)) return undefined;
  return reference.trim().toUpperCase().startsWith(negative) ? -value : value;
}

/** Returns the rating, as stars, and the keywords that Windows writes. */
export function exifLabels({ image }: TiffFacts, notes: Notes): Pick<MediaFacts, 'rating' | 'keywords'> {
  const rating = cleanNumber(numbersOf(image, 0x4746)[0], 'The rating', notes, { min: 0, max: 5 });
  const words = bytesOf(image, 0x9c9e)?.toString('utf16le').split(/[;\0]/) ?? [];
  const keywords = cleanTexts(words, 'keywords', notes, { maxItems: maxKeywords });
  return {
    ...(rating !== undefined && { rating: Math.round(rating) }),
    ...(keywords.length > 0 && { keywords }),
  };
}

const maxKeywords = 200;
