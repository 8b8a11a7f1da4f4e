import { expect, it } from 'vitest';
import { chooseCapture } from '../../../../src/library/metadata/facts/choose-capture.ts';
import type { CaptureCandidate } from '../../../../src/library/metadata/facts/facts.ts';
import { createNotes } from '../../../../src/library/metadata/facts/notes.ts';

const now = Date.UTC(2026, 0, 15);
const hour = 3_600_000;

function candidate(source: CaptureCandidate['source'], localMs: number, offsetMinutes: number | null = null) {
  return { name: `The date of ${source}`, source, localMs, offsetMinutes };
}

it('takes the highest source, and of one source the first', () => {
  const taken = Date.UTC(2020, 5, 1);
  const dates = [
    candidate('FILENAME', 3 * hour + taken),
    candidate('EXIF', taken, 120),
    candidate('EXIF', taken + hour, 60),
    candidate('XMP', taken + 2 * hour),
  ];
  expect(chooseCapture(dates, createNotes(), now)).toEqual({ localMs: taken, offsetMinutes: 120, source: 'EXIF' });
  expect(chooseCapture([], createNotes(), now)).toBeNull();
});

it('takes the zone from another date of the same second', () => {
  const taken = Date.UTC(2020, 5, 1);
  const dates = [candidate('EXIF', taken + 250), candidate('XMP', taken, -210), candidate('IPTC', taken + hour, 60)];
  expect(chooseCapture(dates, createNotes(), now)).toEqual({
    localMs: taken + 250,
    offsetMinutes: -210,
    source: 'EXIF',
  });
});

it.each([
  ['the year 1', -62_135_596_800_000, 'before there were photographs'],
  ['the zero of Unix', 0, 'where a clock begins that was never set'],
  ['the zero of Macintosh', Date.UTC(1904), 'where a clock begins that was never set'],
  ['the year 9999', Date.UTC(9999, 11, 31), 'in the future'],
  ['two days ahead', now + 48 * hour, 'in the future'],
])('ignores %s, with a note, for the next', (_what, localMs, reason) => {
  const notes = createNotes();
  const named = candidate('FILENAME', Date.UTC(2019, 1, 2));
  expect(chooseCapture([candidate('EXIF', localMs, 0), named], notes, now)).toMatchObject({ source: 'FILENAME' });
  expect(notes.list).toEqual([expect.stringContaining(reason)]);
});

it('believes a clock that is ahead by no more than its zone and a day', () => {
  const ahead = now + 37 * hour;
  expect(chooseCapture([candidate('EXIF', ahead)], createNotes(), now)).not.toBeNull();
  expect(chooseCapture([candidate('EXIF', ahead, 14 * 60)], createNotes(), now)).not.toBeNull();
  expect(chooseCapture([candidate('EXIF', ahead, 60)], createNotes(), now)).toBeNull();
});
