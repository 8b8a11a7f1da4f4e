import { describe, expect, it } from 'vitest';
import { selectRange } from '../../../../src/service/http/sending/select-range.ts';

const sizeBytes = 1000;
const beyondInteger = '9'.repeat(400);

describe('selectRange', () => {
  it.each([
    ['the first byte', 'bytes=0-0', { start: 0, end: 0 }],
    ['an inner range', 'bytes=10-19', { start: 10, end: 19 }],
    ['the last byte', 'bytes=999-999', { start: 999, end: 999 }],
    ['an open range', 'bytes=990-', { start: 990, end: 999 }],
    ['all of it, open', 'bytes=0-', { start: 0, end: 999 }],
    ['an end beyond the file', 'bytes=990-5000', { start: 990, end: 999 }],
    ['an end beyond every number', `bytes=990-${beyondInteger}`, { start: 990, end: 999 }],
    ['a suffix', 'bytes=-10', { start: 990, end: 999 }],
    ['a suffix as long as the file', 'bytes=-1000', { start: 0, end: 999 }],
    ['a suffix longer than the file', 'bytes=-1001', { start: 0, end: 999 }],
    ['a suffix beyond every number', `bytes=-${beyondInteger}`, { start: 0, end: 999 }],
    ['leading zeros', 'bytes=0010-0019', { start: 10, end: 19 }],
    ['a unit in capitals', 'Bytes=10-19', { start: 10, end: 19 }],
    ['space around the range', 'bytes= 10-19 ', { start: 10, end: 19 }],
    ['empty elements of the list', 'bytes=,10-19, ,', { start: 10, end: 19 }],
    ['ranges that follow each other', 'bytes=10-19,20-29', { start: 10, end: 29 }],
    ['ranges that overlap, in any order', 'bytes=15-29, 10-19', { start: 10, end: 29 }],
    ['a range and a suffix that holds it', 'bytes=995-996,-10', { start: 990, end: 999 }],
    ['the one satisfiable range of several', 'bytes=10-19,1000-,-0', { start: 10, end: 19 }],
  ])('takes %s: %s', (_title, header, range) => {
    expect(selectRange(header, sizeBytes)).toEqual(range);
  });

  it.each([
    ['another unit', 'items=0-5'],
    ['a unit that only begins alike', 'bytes2=0-5'],
    ['no unit', '0-5'],
    ['no equals sign', 'bytes 0-5'],
    ['space before the equals sign', 'bytes =0-5'],
    ['an empty set', 'bytes='],
    ['a set of empty elements', 'bytes=,,'],
    ['neither end', 'bytes=-'],
    ['one number', 'bytes=5'],
    ['letters', 'bytes=a-b'],
    ['a sign', 'bytes=+1-5'],
    ['a fraction', 'bytes=1.5-5'],
    ['an exponent', 'bytes=1e2-500'],
    ['hexadecimal', 'bytes=0x0-0x5'],
    ['space within a range', 'bytes=0 - 5'],
    ['a double dash', 'bytes=--5'],
    ['a third number', 'bytes=1-2-3'],
    ['a reversed range', 'bytes=5-2'],
    ['a reversed range beyond every exact number', 'bytes=9007199254740993-9007199254740992'],
    ['one invalid range among good ones', 'bytes=0-5,9-8'],
    ['a header that came twice', 'bytes=0-5, bytes=10-15'],
    ['two ranges with a gap between them', 'bytes=0-5,10-15'],
    ['a thousand ranges', `bytes=${Array.from({ length: 500 }, (_, i) => `${2 * i}-${2 * i}`).join()}`],
  ])('sends the whole file for %s: %.60s', (_title, header) => {
    expect(selectRange(header, sizeBytes)).toBe('whole');
  });

  it.each([
    ['a start at the end of the file', 'bytes=1000-'],
    ['a start beyond the file', 'bytes=1000-1001'],
    ['a start beyond every number', `bytes=${beyondInteger}-`],
    ['a suffix of nothing', 'bytes=-0'],
    ['several ranges beyond the file', 'bytes=1000-1001,5000-'],
  ])('cannot satisfy %s: %.60s', (_title, header) => {
    expect(selectRange(header, sizeBytes)).toBe('unsatisfiable');
  });

  it('finds no byte for a position in an empty file, and all of its none for a suffix', () => {
    expect(selectRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(selectRange('bytes=0-0', 0)).toBe('unsatisfiable');
    expect(selectRange('bytes=-0', 0)).toBe('unsatisfiable');
    expect(selectRange('bytes=-5', 0)).toBe('whole');
    expect(selectRange('bytes=0-,-5', 0)).toBe('whole');
    expect(selectRange('bytes=5-2', 0)).toBe('whole');
  });

  it('keeps positions exact in files as large as JavaScript can count', () => {
    const size = Number.MAX_SAFE_INTEGER;
    expect(selectRange('bytes=9007199254740989-', size)).toEqual({ start: size - 2, end: size - 1 });
    expect(selectRange('bytes=-1', size)).toEqual({ start: size - 1, end: size - 1 });
  });
});
