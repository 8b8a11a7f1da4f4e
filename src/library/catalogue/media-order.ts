import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxRowNumber } from '../../base/public-id.ts';
import { isStorableText } from '../../base/text.ts';
import { pathOrderOf, titleKeyOf } from '../metadata/sort-keys.ts';
import type { SortPosition } from './sql/list-media.ts';
import { sortColumnOf, type SortField } from './sql/sort-columns.ts';

type MediaOrderField = SortField | 'RANDOM';

export interface MediaOrder {
  field: MediaOrderField;
  direction: 'ASC' | 'DESC';
  /** Of a list in random order: the same seed gives the same order. */
  seed?: number | undefined;
  /** A value of the field at which the list begins. */
  from?: string | undefined;
}

/** An order by a column of the items. */
export type SortedOrder = MediaOrder & { field: SortField };

/** An order by chance. */
export type ShuffledOrder = MediaOrder & { field: 'RANDOM'; seed: number };

/**
 * Returns the order as it is, known to be complete. Throws InvalidInputError for a random one without a seed or with a
 * value to begin at.
 */
export function checkOrder(order: MediaOrder): SortedOrder | ShuffledOrder {
  const { field, seed, from } = order;
  if (field !== 'RANDOM') return { ...order, field };
  if (seed === undefined) {
    const message = 'A list in random order needs a seed: any whole number; the same one gives the same order again.';
    throw new InvalidInputError('orderBy.seed', message);
  }
  if (from !== undefined) {
    throw new InvalidInputError('orderBy.from', 'A list in random order has no values to begin at: leave `from` out.');
  }
  return { ...order, field, seed };
}

const maxFromLength = 500;

/**
 * Returns the position before the first item of a list that begins at `order.from`; null where it begins at its
 * beginning. Throws InvalidInputError for a value that the field cannot have.
 */
export function startOf(order: SortedOrder): SortPosition | null {
  const { field, direction, from } = order;
  if (from === undefined) return null;
  if (from.length > maxFromLength || !isStorableText(from)) {
    throw refusal(`at most ${maxFromLength} whole characters, and no NUL`);
  }
  const isUp = direction === 'ASC';
  const value = valueOf(field, from, isUp);
  return { value, id: isUp ? -1 : maxRowNumber };
}

function valueOf(field: SortField, from: string, isUp: boolean): string | number {
  if (field === 'SIZE') return toNumber(from, 'a number of bytes, such as "1000000"', Number.isSafeInteger);
  if (field === 'DURATION') return toNumber(from, 'a number of seconds, such as "90"', Number.isFinite);
  if (sortColumnOf(field).kind === 'date') return toTime(from, isUp);
  const key =
    field === 'TITLE' ? titleKeyOf(from) : field === 'PATH' || field === 'HIERARCHY' ? pathOrderOf(from) : from;
  return isUp ? key : endOf(key);
}

/** What comes after all texts that begin with this one: a list that goes down begins with them. */
function endOf(key: string): string {
  return `${key}\u{10ffff}`;
}

function toNumber(from: string, what: string, isValid: (value: number) => boolean): number {
  const value = /^\d{1,16}(?:\.\d{1,9})?$/.test(from) ? Number(from) : NaN;
  if (!isValid(value)) throw refusal(what);
  return value;
}

const dateForm = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?)?)?)?$/;

/** Returns the first moment of a year, a month, a day or a time; the last one for a list that goes down. */
function toTime(from: string, isUp: boolean): number {
  const parts = dateForm.exec(from)?.slice(1);
  if (parts === undefined)
    throw refusal('a year, a month or a time, such as "2014", "2014-03" or "2014-03-01T12:00:00Z"');
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    part === undefined ? undefined : Number(part),
  );
  const milliseconds = Number((parts[6] ?? '0').padEnd(3, '0'));
  const start = utc(year, month, day, hour, minute, second, milliseconds);
  const isReal = new Date(start).toISOString().startsWith(from.slice(0, 10)) && hour < 24 && minute < 60 && second < 60;
  if (!isReal) throw refusal('a day and a time that there are');
  if (isUp) return start;
  const given = parts.findIndex((part) => part === undefined);
  if (given === 1) return utc(year + 1, 1, 1, 0, 0, 0, 0) - 1;
  if (given === 2) return utc(year, month + 1, 1, 0, 0, 0, 0) - 1;
  return given === 3 ? utc(year, month, day + 1, 0, 0, 0, 0) - 1 : start;
}

function utc(year: number, month: number, day: number, ...time: [number, number, number, number]): number {
  // Years below 100 are those of the last century for Date.UTC.
  return new Date(0).setUTCFullYear(year, month - 1, day) + ((time[0] * 60 + time[1]) * 60 + time[2]) * 1000 + time[3];
}

function refusal(what: string): InvalidInputError {
  return new InvalidInputError('orderBy.from', `\`from\` is ${what} here.`);
}
