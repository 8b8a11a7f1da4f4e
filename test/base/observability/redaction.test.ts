import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/base/observability/redaction.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJlLW9mLWl0';
const own = `msf_0123456789ab_${'s3cr3t-'.repeat(6)}x`;

describe('what looks like a secret is taken out of a line', () => {
  const redact = createRedactor();
  it.each([
    ['a header', '{"req":{"headers":{"authorization":"Basic c2VjcmV0OnNlY3JldA=="}}}', 'c2VjcmV0'],
    ['a field deep inside', '{"a":{"b":{"c":{"d":[{"Password":"sec\\"ret"}]}}}}', 'ret'],
    ['a list of cookies', '{"set-cookie":["cppwd=secret; Path=/"]}', 'secret'],
    ['the header of copyparty', '{"headers":{"pw":"secret"}}', 'secret'],
    ['JSON inside of a message', '{"msg":"it sent {\\"token\\":\\"secret\\"}"}', 'secret'],
    ['a token in a message', `{"msg":"no such token: Bearer ${own}"}`, 's3cr3t'],
    ['a token alone', `{"msg":"${own}"}`, 's3cr3t'],
    ['a JSON web token', `{"msg":"${jwt}"}`, 'c2lnbmF0dXJl'],
    ['a signed URL', '{"url":"/media/x/stream?signature=0a1b2c3d.t0.c2VjcmV0"}', 'c2VjcmV0'],
    ['a signed URL with more', '{"url":"/archive?id=x&signature=0a1b2c3d.t0.c2VjcmV0&id=y"}', 'c2VjcmV0'],
    [
      'a presigned URL',
      '{"msg":"http://s3/b/k?X-Amz-Date=1&X-Amz-Credential=AKIDSECRET%2Fx&X-Amz-Signature=abc123"}',
      'abc123',
    ],
    ['its credential', '{"msg":"http://s3/b/k?X-Amz-Credential=AKIDSECRET%2Fx&X-Amz-Signature=abc123"}', 'AKIDSECRET'],
    ['an escaped URL', '{"url":"/login?to=%2Fmedia%2Fx%3Fsignature%3D0a1b2c3d.t0.c2VjcmV0"}', 'c2VjcmV0'],
    ["copyparty's password in a URL", '{"url":"http://shares/films/?pw=secret&ls"}', 'secret'],
    ["a database's URL", '{"msg":"cannot reach postgresql://shelf:secret@db/media"}', 'secret'],
  ])('%s', (_what, line, secret) => {
    const redacted = redact(line);
    expect(redacted).toContain('[redacted]');
    expect(redacted).not.toContain(secret);
    // It is as much JSON as before.
    expect(JSON.parse(redacted)).toEqual(expect.any(Object));
  });

  it('and nothing else is', () => {
    const line =
      '{"level":30,"reqId":"a-b","req":{"method":"GET","url":"/media/TWVkaWFJdGVtOjM/stream?v=1","host":"x:4000"},' +
      '"tokens":12,"msg":"There is no token of that name; basic facts: https://host:4000/a?code2=1 and me@host"}';
    expect(redact(line)).toBe(line);
  });
});

it('the secrets of the settings are taken out wherever they stand, however they are spelt', () => {
  const secret = 'pa"ss/wörd';
  const redact = createRedactor([secret, 'short', '']);
  const line = JSON.stringify({ msg: `it said ${secret}`, url: `/x?y=${encodeURIComponent(secret)}`, short: 'short' });
  expect(JSON.parse(redact(line))).toEqual({ msg: 'it said [redacted]', url: '/x?y=[redacted]', short: 'short' });
});

it('takes a time that grows with the line and not with its square', () => {
  const redact = createRedactor(['some secret']);
  const hostile = ['\\', '"password":"', '"token":[', '//a:', '://', 'Bearer ', 'eyJaaaaaa.', '?signature=']
    .map((part) => part.repeat(20_000))
    .join('');
  const start = performance.now();
  redact(hostile);
  expect(performance.now() - start).toBeLessThan(5_000);
});
