import { afterEach, describe, expect, it } from 'vitest';
import { formatHttpDate, parseHttpDate } from '../../src/base/http-date.ts';

const timeMs = Date.UTC(1994, 10, 6, 8, 49, 37);
const { TZ } = process.env;

describe('HTTP dates', () => {
  afterEach(() => {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'are read in each of their three forms, wherever the service runs: %s',
    (text) => {
      process.env['TZ'] = 'Asia/Tokyo';
      expect(new Date(0).getHours()).toBe(9);
      expect(parseHttpDate(text)).toBe(timeMs);
    },
  );

  it.each([
    '',
    '1',
    '1994',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'sun, 06 nov 1994 08:49:37 gmt',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
  ])('are nothing else: "%s"', (text) => {
    expect(parseHttpDate(text)).toBeNull();
  });

  it('are written in the form that is not obsolete', () => {
    expect(formatHttpDate(timeMs)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
  });
});
