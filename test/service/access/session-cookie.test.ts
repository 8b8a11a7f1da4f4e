import { describe, expect, it } from 'vitest';
import {
  endedSessionCookie,
  longestSessionToken,
  sessionCookie,
  sessionTokenOf,
} from '../../../src/service/access/session-cookie.ts';
import { openSession } from '../../../src/service/access/open-session.ts';

const token = `msf_${'0'.repeat(12)}_${'x'.repeat(43)}`;

describe('the session cookie', () => {
  it.each<[string, string | undefined, string | null]>([
    ['no header', undefined, null],
    ['an empty header', '', null],
    ['other cookies', 'theme=dark; mediashelfs=a; xmediashelf=b; MediaShelf=c; a=mediashelf=d', null],
    ['the cookie alone', `mediashelf=${token}`, token],
    ['the cookie among others', `a=b;mediashelf=${token} ;c="d;e"; f`, token],
    ['a value in quotes', `mediashelf="${token}"`, token],
    ['a value with a sign of its own', 'mediashelf=a=b', 'a=b'],
    ['a value in percent, which stays as it is', 'mediashelf=%6dsf', '%6dsf'],
    ['the same twice', `mediashelf=${token}; mediashelf=${token}`, token],
    ['one that was forgotten beside it', `mediashelf=; mediashelf=${token}`, token],
    ['one that was forgotten', 'mediashelf=', null],
  ])('is read out of %s', (_what, cookie, expected) => {
    expect(sessionTokenOf({ cookie })).toBe(expected);
  });

  it('is refused where two came that differ', () => {
    const cookie = `mediashelf=planted; a=b; mediashelf=${token}`;
    expect(() => sessionTokenOf({ cookie })).toThrow(expect.objectContaining({ code: 'DOUBLED_SESSION' }));
  });

  it('is written for as long as was asked, and forgotten', () => {
    const strict = 'Path=/; HttpOnly; SameSite=Strict';
    expect(sessionCookie({ token, isSecure: false, maxAgeMs: null })).toBe(`mediashelf=${token}; ${strict}`);
    expect(sessionCookie({ token, isSecure: true, maxAgeMs: 61_999 })).toBe(
      `mediashelf=${token}; Max-Age=61; ${strict}; Secure`,
    );
    expect(endedSessionCookie).toBe(`mediashelf=; Max-Age=0; ${strict}`);
  });
});

describe('a session', () => {
  const ann = { name: 'ann', role: 'VIEWER', source: 'TOKEN' } as const;

  it('is as long as its token', () => {
    expect(openSession(token, ann).expiresAt).toBeNull();
    const expiresAt = new Date(Date.now() + 60_000);
    expect(openSession(token, { ...ann, expiresAt }).expiresAt).toBe(expiresAt);
    const jwt = `x.${Buffer.from('{"exp":4000000000}').toString('base64url')}.x`;
    expect(openSession(jwt, { ...ann, source: 'JWT' }).expiresAt).toEqual(new Date(4_000_000_000_000));
  });

  it.each<[string, string, number | null, string]>([
    ['that is over in the next moment', token, -1, 'UNAUTHENTICATED'],
    ['that would write more into the cookie', `${token}; Domain=example`, null, 'UNAUTHENTICATED'],
    ['that browsers would drop', 'x'.repeat(longestSessionToken + 1), null, 'TOKEN_TOO_LONG'],
  ])('is not opened with a token %s', (_what, given, endsInMs, code) => {
    const principal = { ...ann, ...(endsInMs !== null && { expiresAt: new Date(Date.now() + endsInMs) }) };
    expect(() => openSession(given, principal)).toThrow(expect.objectContaining({ code }));
  });
});
