import type { Database } from '../../../base/database/database.ts';
import { maxRowNumber } from '../../../base/public-id.ts';
import { encodeCursor } from '../cursor.ts';
import { selectMedia, type MediaFilter } from '../select-media.ts';
import { countDays, dayMs, readDays, readEndDays, readSpans, type DayCounts } from '../sql/media-days.ts';
import type { Shelf } from '../sql/shelves.ts';

/** How long the sections of a timeline are. */
export type TimelineUnit = 'DAY' | 'MONTH' | 'YEAR';

export interface TimelineSection {
  /** Such as `2014`, `2014-03` or `2014-03-05`, by the clock of the place. */
  key: string;
  count: number;
  /** The list by time of capture, in the direction of the timeline, goes on after this cursor with the section's first item. */
  cursor: string;
}

export interface TimelineRequest {
  unit: TimelineUnit;
  direction: 'ASC' | 'DESC';
}

/** Counts what a filter means by days, months or years of capture; sections without items are left out. Throws as a list does. */
export async function readTimeline(
  database: Database,
  configuredCategories: readonly string[],
  filter: MediaFilter,
  request: TimelineRequest,
): Promise<TimelineSection[]> {
  const list = await selectMedia(database, configuredCategories, filter);
  const { withoutCompanions = false, categories: _c, mediaTypes: _m, statuses: _s, ...others } = filter;
  const isOnShelves = Object.values(others).every((criterion) => criterion === undefined);
  const days = isOnShelves
    ? await readWholeShelves(database, list.shelves, withoutCompanions, request.unit)
    : await countDays(database, list.shelves, list);
  return toSections(days, request);
}

/** So many sections are two and a half centuries of months. */
const maxSpans = 3000;

/**
 * Counts whole shelves by the first days of sections, which the database sums up: a page takes less than reading the thousands of
 * days that a library of twenty years has. Where items lie further apart, or days are asked for, each day is read.
 */
export async function readWholeShelves(
  database: Database,
  shelves: readonly Shelf[],
  withoutCompanions: boolean,
  unit: TimelineUnit,
): Promise<DayCounts> {
  const ends = unit === 'DAY' ? null : await readEndDays(database, shelves);
  const starts = ends === null ? [] : startsOf(ends, unit);
  return starts.length === 0 || starts.length > maxSpans
    ? readDays(database, shelves, withoutCompanions)
    : readSpans(database, shelves, withoutCompanions, starts);
}

/** Returns the first days of the months or years from one day to another, and of the one behind; more than `maxSpans` say no more. */
function startsOf({ first, last }: { first: number; last: number }, unit: TimelineUnit): number[] {
  const starts: number[] = [];
  const begin = new Date(first * dayMs);
  const [year, month] = unit === 'YEAR' ? [begin.getUTCFullYear(), 0] : [begin.getUTCFullYear(), begin.getUTCMonth()];
  const step = unit === 'YEAR' ? 12 : 1;
  for (let passed = 0; starts.length <= maxSpans; passed += step) {
    const start = new Date(0).setUTCFullYear(year, month + passed, 1) / dayMs;
    starts.push(start);
    if (start > last) break;
  }
  return starts;
}

/** Sums days up, in the direction of the timeline. */
export function toSections(days: DayCounts, { unit, direction }: TimelineRequest): TimelineSection[] {
  const sections: (TimelineSection & Bounds)[] = [];
  const sorted = [...days]
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => (direction === 'ASC' ? a - b : b - a));
  for (const [day, count] of sorted) {
    const last = sections.at(-1);
    // The dates are worked out once a section: there are thousands of days, and a few hundred months.
    if (last !== undefined && day * dayMs >= last.start && day * dayMs < last.end) {
      last.count += count;
      continue;
    }
    const key = keyOf(day, unit);
    const bounds = boundsOf(key);
    sections.push({ key, count, cursor: cursorBefore(bounds, direction), ...bounds });
  }
  return sections.map(({ key, count, cursor }) => ({ key, count, cursor }));
}

const keyParts = { YEAR: 1, MONTH: 2, DAY: 3 };

/** Returns the day of a time by the clock of the place, in milliseconds, as a section is named. */
export function dayKeyOf(timeMs: number): string {
  return keyOf(Math.floor(timeMs / dayMs), 'DAY');
}

function keyOf(day: number, unit: TimelineUnit): string {
  const date = new Date(day * dayMs);
  const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const [year = 0, ...others] = parts.slice(0, keyParts[unit]);
  // Years of five digits have a sign, as ISO 8601 wants it.
  const shown =
    year > 9999 || year < 0
      ? `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`
      : String(year).padStart(4, '0');
  return [shown, ...others.map((part) => String(part).padStart(2, '0'))].join('-');
}

/** From when to before when a section is, in milliseconds. */
interface Bounds {
  start: number;
  end: number;
}

function boundsOf(key: string): Bounds {
  const [, year = '', month, day] = /^([+-]?\d+)(?:-(\d\d))?(?:-(\d\d))?$/.exec(key) ?? [];
  const start = (years: number, months: number, days: number) =>
    new Date(0).setUTCFullYear(Number(year) + years, Number(month ?? 1) - 1 + months, Number(day ?? 1) + days);
  const end = day === undefined ? (month === undefined ? start(1, 0, 0) : start(0, 1, 0)) : start(0, 0, 1);
  return { start: start(0, 0, 0), end };
}

function cursorBefore({ start, end }: Bounds, direction: 'ASC' | 'DESC'): string {
  return direction === 'ASC'
    ? encodeCursor('CAPTURED_AT', { value: start, id: -1 })
    : encodeCursor('CAPTURED_AT', { value: end - 1, id: maxRowNumber });
}
