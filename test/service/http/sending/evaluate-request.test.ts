import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { evaluateRequest } from '../../../../src/service/http/sending/evaluate-request.ts';

const modifiedAt = new Date('2024-01-02T03:04:05.678Z');
const lastModified = 'Tue, 02 Jan 2024 03:04:05 GMT';
const now = new Date('2024-06-01T00:00:00Z');
const file = { sizeBytes: 1000, modifiedAt, etag: '"a-1"' };

const validators = { 'accept-ranges': 'bytes', etag: '"a-1"', 'last-modified': lastModified };
const whole = { status: 200, headers: { ...validators, 'content-length': '1000' }, range: { start: 0, end: 999 } };
const part = {
  status: 206,
  headers: { ...validators, 'content-length': '10', 'content-range': 'bytes 10-19/1000' },
  range: { start: 10, end: 19 },
};

const get = (headers: IncomingHttpHeaders, source = file) => evaluateRequest({ method: 'GET', headers }, source, now);
const head = (headers: IncomingHttpHeaders) => evaluateRequest({ method: 'HEAD', headers }, file, now);

describe('evaluateRequest', () => {
  it('sends the whole file to a plain GET', () => {
    expect(get({})).toEqual(whole);
  });
  it('sends the range that was asked for', () => {
    expect(get({ range: 'bytes=10-19' })).toEqual(part);
  });
  it('sends the whole file where the range is to be ignored', () => {
    expect(get({ range: 'bytes=0-1,5-6' })).toEqual(whole);
    expect(get({ range: 'lines=0-1' })).toEqual(whole);
  });
  it('tells the size where the range cannot be satisfied, and reads nothing', () => {
    const headers = { 'accept-ranges': 'bytes', 'content-range': 'bytes */1000' };
    expect(get({ range: 'bytes=1000-' })).toEqual({ status: 416, headers, range: null });
  });
  it('sends an empty file as what it is, and finds no range in it', () => {
    const empty = { ...file, sizeBytes: 0 };
    const answer = { status: 200, headers: { ...validators, 'content-length': '0' }, range: null };
    expect(get({}, empty)).toEqual(answer);
    expect(get({ range: 'bytes=-5' }, empty)).toEqual(answer);
    expect(get({ range: 'bytes=0-' }, empty)).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */0' } });
  });

  it('answers HEAD as a GET without its range, and reads nothing', () => {
    expect(head({})).toEqual({ ...whole, range: null });
    expect(head({ range: 'bytes=10-19' })).toEqual({ ...whole, range: null });
    expect(head({ range: 'bytes=1000-', 'if-range': '"a-1"' })).toEqual({ ...whole, range: null });
  });

  it('evaluates the conditions before the range', () => {
    const notModified = { status: 304, headers: { etag: '"a-1"' }, range: null };
    const failed = { status: 412, headers: {}, range: null };
    expect(get({ range: 'bytes=10-19', 'if-none-match': '"a-1"' })).toEqual(notModified);
    expect(get({ range: 'bytes=1000-', 'if-none-match': '"a-1"' })).toEqual(notModified);
    expect(get({ range: 'bytes=10-19', 'if-modified-since': lastModified })).toEqual(notModified);
    expect(get({ range: 'bytes=1000-', 'if-match': '"b"' })).toEqual(failed);
    expect(get({ range: 'bytes=10-19', 'if-match': '"a-1"' })).toEqual(part);
    expect(get({ range: 'bytes=10-19', 'if-none-match': '"b"', 'if-range': '"a-1"' })).toEqual(part);
    expect(head({ 'if-none-match': '"a-1"' })).toEqual(notModified);
  });

  it.each([
    ['the same tag', '"a-1"', part],
    ['another tag', '"b"', whole],
    ['the same tag, weak', 'W/"a-1"', whole],
    ['a list of tags', '"a-1", "b"', whole],
    ['the tag without its quotes', 'a-1', whole],
    ['any version, which If-Range does not know', '*', whole],
    ['nothing', '', whole],
    ['the same second', lastModified, part],
    ['the same second in an obsolete form', 'Tuesday, 02-Jan-24 03:04:05 GMT', part],
    ['a later second', 'Tue, 02 Jan 2024 03:04:06 GMT', whole],
    ['an earlier second', 'Tue, 02 Jan 2024 03:04:04 GMT', whole],
    ['no date', 'yesterday', whole],
  ])('keeps to the range only if the version is the same by If-Range: %s', (_title, ifRange, decision) => {
    expect(get({ range: 'bytes=10-19', 'if-range': ifRange })).toEqual(decision);
  });

  it('sends the whole file, not a 416, to a client whose range belongs to an older version', () => {
    expect(get({ range: 'bytes=1000-', 'if-range': '"b"' })).toEqual(whole);
    expect(get({ range: 'bytes=1000-', 'if-range': '"a-1"' })).toMatchObject({ status: 416 });
  });

  it('does not look at If-Range where there is no range', () => {
    expect(get({ 'if-range': '"b"' })).toEqual(whole);
  });

  it('does not trust a date while its second goes on, when the file may change again', () => {
    const request = { method: 'GET', headers: { range: 'bytes=10-19', 'if-range': lastModified } };
    expect(evaluateRequest(request, file, new Date('2024-01-02T03:04:05.999Z'))).toEqual(whole);
    expect(evaluateRequest(request, file, new Date('2024-01-02T03:04:06.000Z'))).toEqual(part);
  });

  it('never matches a weak tag of its own by If-Range', () => {
    const weak = { ...file, etag: 'W/"a-1"' };
    expect(get({ range: 'bytes=10-19', 'if-range': 'W/"a-1"' }, weak)).toMatchObject({ status: 200 });
  });

  it('says of a file from the future that it changed just now', () => {
    const future = { ...file, modifiedAt: new Date('2030-01-01T00:00:00Z') };
    expect(get({}, future).headers['last-modified']).toBe(now.toUTCString());
    expect(get({ 'if-modified-since': 'Fri, 31 May 2024 23:59:59 GMT' }, future)).toMatchObject({ status: 200 });
  });

  it('takes files from before 1970', () => {
    const old = { ...file, modifiedAt: new Date('1969-12-31T23:59:58.500Z') };
    expect(get({}, old).headers['last-modified']).toBe('Wed, 31 Dec 1969 23:59:58 GMT');
  });
});
