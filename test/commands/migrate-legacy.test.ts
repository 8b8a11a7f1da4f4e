import { expect, it } from 'vitest';
import { readMapping } from '../../src/commands/migrate-legacy.ts';

it.each([
  [String.raw`D:\models=/srv/models`, String.raw`D:\models`, '/srv/models'],
  [String.raw`D:\models=models`, String.raw`D:\models`, 'models'],
  ['/mnt/a=b/models=/srv/models', '/mnt/a=b/models', '/srv/models'],
  ['/mnt/models=/srv/a=b', '/mnt/models', '/srv/a=b'],
])('reads the mapping %s', (text, from, to) => {
  expect(readMapping(text)).toEqual({ from, to });
});

it.each(['', '=', '/models', '/models=', '=/models'])('refuses the mapping "%s"', (text) => {
  expect(() => readMapping(text)).toThrow(/two folders/);
});
