const days = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const longDays = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const time = String.raw`\d{2}:\d{2}:\d{2}`;

const imfFixdate = new RegExp(String.raw`^${days}, \d{2} ${months} \d{4} ${time} GMT$`);
const rfc850Date = new RegExp(String.raw`^${longDays}, \d{2}-${months}-\d{2} ${time} GMT$`);
const asctimeDate = new RegExp(String.raw`^${days} ${months} [ \d]\d ${time} \d{4}$`);

/**
 * Parses an HTTP-date into milliseconds since 1970, in one of its three forms (RFC 9110 §5.6.7), null for anything
 * else. `Date.parse` alone accepts far more, such as "1", and takes the asctime form for local time.
 */
export function parseHttpDate(value: string): number | null {
  if (asctimeDate.test(value)) return orNull(Date.parse(`${value} GMT`));
  if (imfFixdate.test(value) || rfc850Date.test(value)) return orNull(Date.parse(value));
  return null;
}

/** Formats milliseconds since 1970 in the preferred form, IMF-fixdate. */
export function formatHttpDate(timeMs: number): string {
  return new Date(timeMs).toUTCString();
}

function orNull(timeMs: number): number | null {
  return Number.isNaN(timeMs) ? null : timeMs;
}
