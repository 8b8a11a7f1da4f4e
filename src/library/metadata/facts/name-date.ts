import type { CaptureCandidate } from './facts.ts';
import { toLocalMs } from './local-time.ts';

// A date and a time of day, as cameras, phones and messengers write them: 20240131_235959, 2024-01-31 23.59.59,
// 2024-01-31-23-59-59, 2024-01-31 at 11.59.59 PM, 20240131_23_59_59, each with or without milliseconds. Digits beside it
// would make it a part of a longer number.
const dateAndTime =
  /(?<!\d)((?:19|20)\d\d)([-._]?)(\d\d)\2(\d\d)(?:T|,?[ _-]{1,3}(?:at[ _])?)?(\d{1,2})([-._h\u2236: ]?)(\d\d)\6(\d\d)(?:[._-]?(\d{3}))?(?!\d)(?:\s?([AP])M\b)?/i;

/** WhatsApp's files, and names that begin with a date, have no time of day. Elsewhere a date may be that of anything. */
const dateAlone = /^(?:(?:IMG|VID|AUD|PTT|DSC|PANO|MVIMG)[-_](\d{4})(\d\d)(\d\d)(?!\d)|(\d{4})-(\d\d)-(\d\d)(?!\d))/i;

/** Google's Pixel and Microsoft's OneDrive write UTC. */
const isInUtc = /^PXL_|_iOS\b/;

/** Digital cameras wrote names with dates from then on. */
const firstYear = 1990;

/**
 * Returns the time that a file's name says; null where none does so without doubt. It is that of the clock of the place,
 * without a zone, but for names that are known to be in UTC.
 */
export function dateOfName(filename: string): CaptureCandidate | null {
  const withTime = dateAndTime.exec(filename);
  // Digits where a time would stand that is none leave a doubt about the date too.
  const localMs = withTime === null ? dayOf(dateAlone.exec(filename)) : timeOf(withTime);
  if (localMs === null || localMs < Date.UTC(firstYear)) return null;
  return { name: 'The date in the name', source: 'FILENAME', localMs, offsetMinutes: null };
}

/** Whether the time in a file's name is that of the clock where it was recorded, to the second. */
export function hasLocalTime(filename: string): boolean {
  return !isInUtc.test(filename) && timeOf(dateAndTime.exec(filename)) !== null;
}

function timeOf(match: RegExpExecArray | null): number | null {
  if (match === null) return null;
  const [, year, , month, day, hour = '', separator, minute, second, fraction = '0', half] = match;
  // A single digit is an hour only where something stands behind it.
  if (hour.length === 1 && separator === '') return null;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  const localMs = toLocalMs([Number(year), Number(month), Number(day), hours, Number(minute), Number(second)]);
  return localMs === null ? null : localMs + Number(fraction);
}

function dayOf(match: RegExpExecArray | null): number | null {
  const parts = match?.slice(1).filter((part) => part !== undefined);
  return parts === undefined ? null : toLocalMs(parts.map(Number));
}
