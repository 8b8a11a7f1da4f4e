/** A time on somebody's clock. */
export interface LocalTime {
  /** Milliseconds as if the clock showed UTC. */
  localMs: number;
  /** Minutes by which the clock is ahead of UTC; null where the text has no zone. */
  offsetMinutes: number | null;
  /** False for a date alone. */
  hasTime: boolean;
}

const pattern =
  /^(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{1,2}:?\d{2})?)?$/i;

/**
 * Reads a time as EXIF (`2024:01:31 23:59:59`), ISO 8601 and readers of films write it. Null for what is no such time,
 * and for a day that no calendar has.
 */
export function parseLocalTime(text: string): LocalTime | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const localMs = toLocalMs([year, month, day, hour, minute, second].map(Number));
  if (localMs === null) return null;
  const milliseconds = Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  return {
    localMs: localMs + milliseconds,
    offsetMinutes: zone === undefined ? null : parseOffset(zone),
    hasTime: match[4] !== undefined,
  };
}

/** Returns the time of year, month (from 1), day, hour, minute and second; null for one that does not exist. */
export function toLocalMs([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: number[]): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(0);
  // Date.UTC takes the year 24 for 1924.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return null;
  // A leap second is the last one of its minute.
  date.setUTCHours(hour, minute, Math.min(second, 59));
  return date.getTime();
}

/** Returns the minutes of `+02:00`, `-0330` or `Z`; null for another text, and for more than any zone has. */
export function parseOffset(text: string): number | null {
  const trimmed = text.trim();
  if (/^(?:Z|UTC)$/i.test(trimmed)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})$/.exec(trimmed);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[3]) > 59 || minutes > 14 * 60) return null;
  return match[1] === '-' && minutes > 0 ? -minutes : minutes;
}

/** Half hours and quarters that a zone of the world is ahead of UTC, in minutes; the others are whole hours. */
const oddOffsets = new Set([-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825]);

/**
 * Returns the minutes by which a clock is ahead of UTC, where it and UTC are known to within `toleranceMs`; null where
 * the difference is that of no zone.
 */
export function offsetBetween(localMs: number, utcMs: number, toleranceMs: number): number | null {
  const minutes = Math.round((localMs - utcMs) / 60_000 / 15) * 15;
  if (Math.abs(localMs - utcMs - minutes * 60_000) > toleranceMs) return null;
  const isZone = (minutes % 60 === 0 && minutes >= -12 * 60 && minutes <= 14 * 60) || oddOffsets.has(minutes);
  return isZone ? minutes + 0 : null;
}

/** Returns minutes as ISO 8601 writes them, such as `+02:00`. */
export function formatOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
