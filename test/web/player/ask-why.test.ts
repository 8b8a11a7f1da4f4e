import { expect, it } from 'vitest';
import { troubleOf } from '../../../src/web/player/ask-why.ts';

it.each([
  [
    { status: 503, code: 'CATEGORY_OFFLINE', retryAfter: '30' },
    { kind: 'away', retryInSeconds: 30 },
  ],
  [
    { status: 503, code: null, retryAfter: null },
    { kind: 'busy', retryInSeconds: 10 },
  ],
  [
    { status: 503, code: null, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' },
    { kind: 'busy', retryInSeconds: 10 },
  ],
  [
    { status: 429, code: null, retryAfter: '4000' },
    { kind: 'busy', retryInSeconds: 300 },
  ],
  [
    { status: 500, code: null, retryAfter: null },
    { kind: 'busy', retryInSeconds: 10 },
  ],
  [{ status: 404, code: null, retryAfter: null }, { kind: 'gone' }],
  [{ status: 403, code: null, retryAfter: null }, { kind: 'gone' }],
  [{ status: 206, code: null, retryAfter: null }, { kind: 'broken' }],
])('tells what %o means for a film', (answer, trouble) => {
  expect(troubleOf(answer)).toEqual(trouble);
});
