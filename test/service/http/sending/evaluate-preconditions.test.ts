import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { evaluatePreconditions } from '../../../../src/service/http/sending/evaluate-preconditions.ts';

const etag = '"a-1"';
const lastModifiedMs = Date.UTC(2024, 0, 2, 3, 4, 5);
const at = new Date(lastModifiedMs).toUTCString();
const before = new Date(lastModifiedMs - 1000).toUTCString();
const after = new Date(lastModifiedMs + 1000).toUTCString();

type Case = [title: string, headers: IncomingHttpHeaders, outcome: string];

const ifMatch: Case[] = [
  ['the same tag', { 'if-match': '"a-1"' }, 'passed'],
  ['another tag', { 'if-match': '"b"' }, 'failed'],
  ['a list with the tag', { 'if-match': '"b" ,"a-1","c"' }, 'passed'],
  ['a list without it', { 'if-match': '"b", "c"' }, 'failed'],
  ['any version', { 'if-match': '*' }, 'passed'],
  ['the same tag, weak', { 'if-match': 'W/"a-1"' }, 'failed'],
  ['the tag without its quotes', { 'if-match': 'a-1' }, 'failed'],
  ['nothing', { 'if-match': '' }, 'failed'],
];

const ifUnmodifiedSince: Case[] = [
  ['the same second', { 'if-unmodified-since': at }, 'passed'],
  ['a later second', { 'if-unmodified-since': after }, 'passed'],
  ['an earlier second', { 'if-unmodified-since': before }, 'failed'],
  ['no date', { 'if-unmodified-since': 'yesterday' }, 'passed'],
  ['a date that only Date.parse takes', { 'if-unmodified-since': '1999' }, 'passed'],
  ['an earlier second beside a tag that matches', { 'if-match': etag, 'if-unmodified-since': before }, 'passed'],
  ['a later second beside a tag that does not', { 'if-match': '"b"', 'if-unmodified-since': after }, 'failed'],
];

const ifNoneMatch: Case[] = [
  ['the same tag', { 'if-none-match': '"a-1"' }, 'not-modified'],
  ['the same tag, weak', { 'if-none-match': 'W/"a-1"' }, 'not-modified'],
  ['another tag', { 'if-none-match': '"b"' }, 'passed'],
  ['a list with the tag', { 'if-none-match': '"b",W/"a-1" , "c"' }, 'not-modified'],
  ['a list without it', { 'if-none-match': '"b", "c"' }, 'passed'],
  ['tags with commas in them', { 'if-none-match': '"x,y", "a-1"' }, 'not-modified'],
  ['tags with tabs between them', { 'if-none-match': '"b",\t"a-1"\t, "c"' }, 'not-modified'],
  ['any version', { 'if-none-match': '*' }, 'not-modified'],
  ['the tag without its quotes', { 'if-none-match': 'a-1' }, 'passed'],
  ['the tag in capitals', { 'if-none-match': '"A-1"' }, 'passed'],
  ['the same tag, with no-cache', { 'if-none-match': etag, 'cache-control': 'no-cache' }, 'not-modified'],
];

const ifModifiedSince: Case[] = [
  ['the same second', { 'if-modified-since': at }, 'not-modified'],
  ['a later second', { 'if-modified-since': after }, 'not-modified'],
  ['an earlier second', { 'if-modified-since': before }, 'passed'],
  ['no date', { 'if-modified-since': '2099' }, 'passed'],
  ['the same second, with no-cache', { 'if-modified-since': at, 'cache-control': 'no-cache' }, 'not-modified'],
  ['a later second beside another tag', { 'if-none-match': '"b"', 'if-modified-since': after }, 'passed'],
  ['an earlier second beside the same tag', { 'if-none-match': etag, 'if-modified-since': before }, 'not-modified'],
  ['a later second beside an empty list of tags', { 'if-none-match': '', 'if-modified-since': after }, 'passed'],
];

const together: Case[] = [
  ['If-Match fails before If-None-Match is seen', { 'if-match': '"b"', 'if-none-match': etag }, 'failed'],
  ['If-Match passes and If-None-Match decides', { 'if-match': etag, 'if-none-match': etag }, 'not-modified'],
  [
    'If-Unmodified-Since fails before If-Modified-Since is seen',
    { 'if-unmodified-since': before, 'if-modified-since': at },
    'failed',
  ],
  [
    'If-Unmodified-Since passes and If-Modified-Since decides',
    { 'if-unmodified-since': at, 'if-modified-since': at },
    'not-modified',
  ],
];

describe.each(['GET', 'HEAD'])('the preconditions of %s', (method) => {
  const evaluate = (headers: IncomingHttpHeaders) =>
    evaluatePreconditions({ method, headers }, { etag, lastModifiedMs });

  it('pass where there are none', () => {
    expect(evaluate({ 'cache-control': 'no-cache', range: 'bytes=0-1' })).toBe('passed');
  });
  it.each(ifMatch)('compare If-Match strongly: %s', (_title, headers, outcome) => {
    expect(evaluate(headers)).toBe(outcome);
  });
  it.each(ifUnmodifiedSince)(
    'look at If-Unmodified-Since where there is no If-Match: %s',
    (_title, headers, outcome) => {
      expect(evaluate(headers)).toBe(outcome);
    },
  );
  it.each(ifNoneMatch)('compare If-None-Match weakly: %s', (_title, headers, outcome) => {
    expect(evaluate(headers)).toBe(outcome);
  });
  it.each(ifModifiedSince)(
    'look at If-Modified-Since where there is no If-None-Match: %s',
    (_title, headers, outcome) => {
      expect(evaluate(headers)).toBe(outcome);
    },
  );
  it.each(together)('keep their order: %s', (_title, headers, outcome) => {
    expect(evaluate(headers)).toBe(outcome);
  });
});

describe('the preconditions', () => {
  it('of a method that writes fail where a reader would have the file already, and ignore If-Modified-Since', () => {
    expect(evaluatePreconditions({ method: 'PUT', headers: { 'if-none-match': '*' } }, { etag, lastModifiedMs })).toBe(
      'failed',
    );
    expect(
      evaluatePreconditions({ method: 'PUT', headers: { 'if-modified-since': at } }, { etag, lastModifiedMs }),
    ).toBe('passed');
  });

  it('never match a weak tag strongly, not even with itself', () => {
    const weak = { etag: 'W/"a-1"', lastModifiedMs };
    expect(evaluatePreconditions({ method: 'GET', headers: { 'if-match': 'W/"a-1"' } }, weak)).toBe('failed');
    expect(evaluatePreconditions({ method: 'GET', headers: { 'if-match': '*' } }, weak)).toBe('passed');
    expect(evaluatePreconditions({ method: 'GET', headers: { 'if-none-match': '"a-1"' } }, weak)).toBe('not-modified');
  });
});
