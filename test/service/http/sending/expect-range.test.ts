import { describe, expect, it } from 'vitest';
import { expectRange } from '../../../../src/service/http/sending/expect-range.ts';

const expectOf = (headers: Record<string, string>, method = 'GET') => expectRange({ method, headers });

describe('expectRange', () => {
  it('expects the whole file where no range is asked for', () => {
    expect(expectOf({})).toEqual({ start: 0, end: null });
  });

  it('expects the one range that is asked for, also under If-Range', () => {
    expect(expectOf({ range: 'bytes=5-9' })).toEqual({ start: 5, end: 9 });
    expect(expectOf({ range: 'Bytes=5-' })).toEqual({ start: 5, end: null });
    expect(expectOf({ range: 'bytes=5-9', 'if-range': '"x"' })).toEqual({ start: 5, end: 9 });
  });

  it.each(['bytes=-5', 'bytes=1-2,4-5', 'bytes=9-5', 'items=1-2', 'bytes=', 'bytes=1', 'bytes=9999999999999999-', 'x'])(
    'expects nothing of the range %s, which the size decides or nobody',
    (range) => {
      expect(expectOf({ range })).toBeNull();
    },
  );

  it.each(['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'])(
    'expects no bytes under %s',
    (name) => {
      expect(expectOf({ [name]: 'x', range: 'bytes=0-1' })).toBeNull();
    },
  );

  it('expects no bytes for HEAD', () => {
    expect(expectOf({}, 'HEAD')).toBeNull();
  });
});
