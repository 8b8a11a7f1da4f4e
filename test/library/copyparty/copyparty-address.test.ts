import { describe, expect, it } from 'vitest';
import { joinCopypartyPath, toCopypartyAddress } from '../../../src/library/copyparty/copyparty-address.ts';

describe('toCopypartyAddress', () => {
  it.each([
    ['/movies/a b.mp4', '/movies/a%20b.mp4'],
    ['/movies/what?delete&move=#x.mp4', '/movies/what%3Fdelete%26move%3D%23x.mp4'],
    ['/movies/100%/+ä日.mp4', '/movies/100%25/%2B%C3%A4%E6%97%A5.mp4'],
    ['/movies/%2e%2e/x', '/movies/%252e%252e/x'],
    ['/movies/a\\..\\b\r\nPW: x', '/movies/a%5C..%5Cb%0D%0APW%3A%20x'],
    ['/movies/...', '/movies/...'],
    ['/movies/', '/movies/'],
    ['/', '/'],
  ])('escapes %j, so that a name stays a name', (path, address) => {
    expect(toCopypartyAddress(path)).toBe(address);
  });

  it.each([
    '',
    'movies/a',
    '//evil.example/a',
    '/movies//a',
    '/movies/../a',
    '/movies/..',
    '/movies/./a',
    '/movies/a\0b',
    '/movies/\uD800.mp4',
    '/.cpr/metrics',
    '/.cprx',
    '/movies/.uqe/P2RlbGV0ZQ/x',
  ])('refuses %j, which copyparty would take for something else', (path) => {
    expect(() => toCopypartyAddress(path)).toThrow(expect.objectContaining({ code: 'PATH_OUTSIDE_ROOT' }) as Error);
  });

  it('adds a query that was asked for apart from the path', () => {
    expect(toCopypartyAddress('/a/', { ls: true })).toBe('/a/?ls');
    expect(toCopypartyAddress('/a/b.jpg', { th: 'wf3' })).toBe('/a/b.jpg?th=wf3');
    expect(toCopypartyAddress('/a/', { zip: 'utf-8' })).toBe('/a/?zip=utf-8');
  });
});

describe('joinCopypartyPath', () => {
  it('puts a file below the root of its category', () => {
    expect(joinCopypartyPath('/media/movies', 'a/b.mp4')).toBe('/media/movies/a/b.mp4');
    expect(joinCopypartyPath('/', 'a/b.mp4')).toBe('/a/b.mp4');
  });
});
