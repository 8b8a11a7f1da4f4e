// Some systems name a language that is none, such as `en-US@posix`; where there is no browser, there are none.
const languages = typeof navigator === 'undefined' ? [] : navigator.languages;
const locale = languages.find((tag) => /^[a-z]{2,3}(?:-[\da-z]{2,8})*$/i.test(tag)) ?? 'en';

const numbers = once(() => new Intl.NumberFormat(locale));
const months = dates({ year: 'numeric', month: 'long', timeZone: 'UTC' });
const days = dates({ year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
const longDays = dates({ dateStyle: 'full', timeZone: 'UTC' });
const moments = dates({ dateStyle: 'medium', timeStyle: 'short' });
const localMoments = dates({ dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });

export function number(value: number): string {
  return numbers().format(value);
}

/** Returns the name of a section of a timeline: `March 2014` for 2014-03. */
export function section(key: string): string {
  const [year = '', month, dayOfMonth] = key.split(/(?<=\d)-/);
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(dayOfMonth ?? 1)));
  if (key === '' || Number.isNaN(date.getTime())) return key;
  date.setUTCFullYear(Number(year));
  if (dayOfMonth !== undefined) return longDays().format(date);
  return month === undefined ? year : months().format(date);
}

/** Returns a day such as 2014-03-05 as people write it. */
export function day(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? iso : days().format(date);
}

export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : moments().format(date);
}

/** Returns a time by the clock of its place, which says no zone. */
export function localMoment(iso: string): string {
  const date = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(date.getTime()) ? iso : localMoments().format(date);
}

/** Returns a size with the unit that leaves at least one digit before the point. */
export function bytes(size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
  const value = size / 1_000 ** step;
  return sizesIn(units[step] ?? 'byte', value < 10 && step > 0 ? 1 : 0).format(value);
}

const sizeFormats = new Map<string, Intl.NumberFormat>();

/** Making one takes longer than using it a hundred times, and a table has a size in each of its lines. */
function sizesIn(unit: string, maximumFractionDigits: number): Intl.NumberFormat {
  const name = `${unit} ${maximumFractionDigits}`;
  // The short form of English knows no plural: `16 byte`.
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const known =
    sizeFormats.get(name) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits });
  sizeFormats.set(name, known);
  return known;
}

/** Returns `3:07` or `1:02:09`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

function dates(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  return once(() => new Intl.DateTimeFormat(locale, options));
}

/** Makes something when it is wanted for the first time: a formatter takes milliseconds, which the first picture would wait for. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
