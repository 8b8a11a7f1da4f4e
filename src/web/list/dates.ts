import type { SectionIndex } from './sections.ts';

/** Reads what a person types for a year, a month or a day: `2014`, `2014-3`, `5.3.2014`. Returns it as sections are named. */
export function readDate(text: string): string | undefined {
  const parts = text.trim().split(/[\s./-]+/);
  const turned = parts.length > 1 && /^\d{4}$/.test(parts.at(-1) ?? '') ? parts.toReversed() : parts;
  if (!turned.every((part) => /^\d{1,4}$/.test(part)) || turned.length > 3 || turned[0]?.length !== 4) return undefined;
  const [year = '', month, day] = turned;
  if (month === undefined) return year;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day ?? 1)));
  date.setUTCFullYear(Number(year));
  const isThere = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day ?? 1);
  if (!isThere || month.length > 2 || (day?.length ?? 0) > 2) return undefined;
  return [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])].join('-');
}

/** Returns the number of the first item of a date, or of what follows it in the list where it has none. */
export function findDate({ sections, starts, total }: SectionIndex, date: string, direction: 'ASC' | 'DESC'): number {
  const at = sections.findIndex(({ key }) => {
    const begin = key.slice(0, date.length);
    return direction === 'ASC' ? begin >= date : begin <= date;
  });
  return at < 0 ? Math.max(0, total - 1) : (starts[at] ?? 0);
}

/** Returns the first item of the section after, or before, that of an item; from within one, the way back leads to its beginning. */
export function stepSection(index: SectionIndex, item: number, by: 1 | -1, digits: number): number {
  const { sections, starts } = index;
  const nameOf = (section: number) => sections[section]?.key.slice(0, digits);
  const begins = sections.flatMap((_, section) =>
    section === 0 || nameOf(section) !== nameOf(section - 1) ? [starts[section] ?? 0] : [],
  );
  const next = by > 0 ? begins.find((begin) => begin > item) : begins.findLast((begin) => begin < item);
  return next ?? (by > 0 ? (begins.at(-1) ?? 0) : 0);
}
