import type { GeneralTrack } from 'mediainfo.js';
import type { CaptureCandidate } from './facts.ts';
import { offsetBetween, parseLocalTime } from './local-time.ts';
import { dateOfName, hasLocalTime } from './name-date.ts';
import type { Notes } from './notes.ts';

/** A phone names a film when it begins, and writes its date then or at its end, some seconds later. */
const nameToleranceMs = 15_000;
/** The zero of Matroska's clock. */
const matroskaZeroMs = Date.UTC(2001);

/**
 * Returns the times that a film says: the date with a zone that phones write beside the container's own (QuickTime's
 * `creationdate`), and the container's, in UTC. Where the name says the clock of the place, and the two differ by a zone,
 * the container's has that zone.
 */
export function filmDates(
  general: GeneralTrack,
  { filename, notes }: { filename: string; notes: Notes },
): CaptureCandidate[] {
  const recorded = read(general.Recorded_Date, 'The recording date of the film', notes);
  const encoded = read(general.Encoded_Date ?? general.Mastered_Date, "The date of the film's container", notes);
  const candidates: CaptureCandidate[] = [];
  // A date alone is that of publishing.
  if (recorded?.hasTime === true) {
    const { localMs, offsetMinutes } = recorded;
    const source = offsetMinutes === null ? 'CONTAINER' : 'QUICKTIME';
    candidates.push({ name: 'The recording date of the film', source, localMs, offsetMinutes });
  }
  if (encoded !== null && encoded.localMs !== matroskaZeroMs) {
    const named = hasLocalTime(filename) ? dateOfName(filename) : null;
    const lengthMs = (general.Duration ?? 0) * 1000;
    const offsetMinutes =
      named === null
        ? null
        : (offsetBetween(named.localMs, encoded.localMs, nameToleranceMs) ??
          offsetBetween(named.localMs, encoded.localMs - lengthMs, nameToleranceMs));
    // The file says when it was in UTC, and so nothing of the place, unless the name does.
    const localMs = encoded.localMs + (offsetMinutes ?? 0) * 60_000;
    candidates.push({ name: "The date of the film's container", source: 'CONTAINER', localMs, offsetMinutes });
  }
  return candidates;
}

/** AVI of cameras has `MON SEP 10 20:52:00 2012`. */
const ofCameras = /^[a-z]{3} ([a-z]{3}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$/i;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function toIsoOrder(_: string, month: string, day: string, time: string, year: string): string {
  return `${year}-${months.indexOf(month.toLowerCase()) + 1}-${day} ${time}`;
}

function read(text: unknown, what: string, notes: Notes) {
  if (typeof text !== 'string') return null;
  // Several tags are joined, and older versions have the zone in front.
  const [first = ''] = text.split(' / ');
  const time = parseLocalTime(first.replace(/^UTC\s+/, '').replace(ofCameras, toIsoOrder));
  if (time === null && !/^\d{4}(?:-\d{2})?$/.test(first)) {
    notes.add(`${what} is "${first.slice(0, 40)}", which is no date; it is ignored.`);
  }
  return time;
}
