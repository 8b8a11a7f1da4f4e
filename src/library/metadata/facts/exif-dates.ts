import type { CaptureCandidate } from './facts.ts';
import { offsetBetween, parseLocalTime, parseOffset, toLocalMs } from './local-time.ts';
import type { Notes } from './notes.ts';
import { numbersOf, textOf, type TiffFacts } from './tiff-tags.ts';

/** A receiver may have last known its place some minutes before the picture was taken. */
const gpsToleranceMs = 5 * 60_000;

/**
 * Returns the times that EXIF says, the most certain first: of the capture (DateTimeOriginal), of the digitisation
 * (DateTimeDigitized), of the satellites, and of the last change (DateTime). Each has its fraction of a second. A zone
 * is that which stands beside it, else that of the last change, else the difference from the satellites' time.
 */
export function exifDates({ image, exif, gps }: TiffFacts, notes: Notes): CaptureCandidate[] {
  const satellites = gpsTime(gps);
  const zones = { shared: textOf(exif, 0x9010), hours: numbersOf(exif, 0x882a)[0] ?? numbersOf(image, 0x882a)[0] };
  const times = [
    { name: 'EXIF DateTimeOriginal', source: 'EXIF', tags: exif, tag: 0x9003, fraction: 0x9291, zone: 0x9011 },
    { name: 'EXIF DateTimeDigitized', source: 'EXIF', tags: exif, tag: 0x9004, fraction: 0x9292, zone: 0x9012 },
    { name: 'EXIF DateTime', source: 'EXIF_MODIFIED', tags: image, tag: 0x0132, fraction: 0x9290, zone: 0x9010 },
  ] as const;
  const candidates: CaptureCandidate[] = [];
  for (const { name, source, tags, tag, fraction, zone } of times) {
    // Some cameras, and DNG, have the tag in the first directory.
    const text = textOf(tags, tag) ?? textOf(tags === exif ? image : exif, tag);
    if (text === undefined || /^[\s:]*$/.test(text)) continue;
    const time = parseLocalTime(text);
    if (time === null) {
      notes.add(`${name} is "${text.slice(0, 40)}", which is no date; it is ignored.`);
      continue;
    }
    const digits = /^\d+/.exec(textOf(exif, fraction) ?? '')?.[0] ?? '';
    const localMs = time.localMs + Math.floor(Number(`0.${digits.slice(0, 9) || '0'}`) * 1000);
    const written = parseOffset(textOf(exif, zone) ?? zones.shared ?? '') ?? hoursToMinutes(zones.hours);
    const offsetMinutes =
      time.offsetMinutes ??
      written ??
      (satellites === null ? null : offsetBetween(localMs, satellites, gpsToleranceMs));
    candidates.push({ name, source, localMs, offsetMinutes });
  }
  if (satellites !== null) {
    candidates.push({ name: 'GPS time', source: 'GPS', localMs: satellites, offsetMinutes: null });
  }
  return candidates;
}

/** The tag of TIFF/EP has whole hours. */
function hoursToMinutes(hours: number | undefined): number | null {
  return hours !== undefined && Math.abs(hours) <= 14 ? hours * 60 : null;
}

/** Returns the time of the satellites, in milliseconds of UTC; null where it is missing or no time. */
function gpsTime(gps: TiffFacts['gps']): number | null {
  const date = /^(\d{4})[:\-/](\d{1,2})[:\-/](\d{1,2})$/.exec(textOf(gps, 0x1d) ?? '');
  const [hour, minute, second] = numbersOf(gps, 0x07);
  if (date === null || hour === undefined || minute === undefined || second === undefined) return null;
  const parts = [...date.slice(1).map(Number), hour, minute, Math.floor(second)];
  return parts.every(Number.isInteger) ? toLocalMs(parts) : null;
}
