import { toLocalMs } from '../facts/local-time.ts';

/** A day in a name, and the name without it. */
interface AiredOn {
  /** As `2024-03-15`; null where the name has no day. */
  airedOn: string | null;
  rest: string;
}

/**
 * Finds the day on which an episode was sent: `2024.03.15`, `2024-03-15`, `2024 03 15`, `20240315`, `15.03.2024`. Of a day in
 * front of its year, day and month must be told apart by one that is above twelve: people write both orders.
 */
export function findAiredOn(plain: string): AiredOn {
  const yearFirst = yearFirstForm.exec(plain);
  if (yearFirst !== null) {
    const [text, year, , month, day] = yearFirst;
    return { airedOn: dayOf(year, month, day), rest: plain.replace(text, ' ') };
  }
  const yearLast = yearLastForm.exec(plain);
  if (yearLast === null) return { airedOn: null, rest: plain };
  const [text, first, , second, year] = yearLast;
  const days = [dayOf(year, second, first), dayOf(year, first, second)].filter((day) => day !== null);
  return { airedOn: new Set(days).size === 1 ? days[0]! : null, rest: plain.replace(text, ' ') };
}

const yearFirstForm = /(?<![\d])((?:19[4-9]|20\d)\d)([\s._-]?)(\d\d)\2(\d\d)(?!\d)/;
const yearLastForm = /(?<![\d])(\d\d)([\s._-])(\d\d)\2((?:19[4-9]|20\d)\d)(?!\d)/;

function dayOf(year = '', month = '', day = ''): string | null {
  return toLocalMs([Number(year), Number(month), Number(day)]) === null ? null : `${year}-${month}-${day}`;
}
