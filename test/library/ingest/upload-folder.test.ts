import { expect, it } from 'vitest';
import { checkFolder } from '../../../src/library/ingest/upload-folder.ts';

const category = { key: 'movies', ownPlaces: ['data'] };

it.each([
  ['Trips/2024', 'Trips/2024'],
  ['Trips/2024/', 'Trips/2024'],
  ['Trips\\2024', 'Trips/2024'],
  ['e\u0301te\u0301', 'été'],
  [' a: b /con/.hidden', 'a b/_con/hidden'],
  ['a\u202eb', 'a b'],
])('makes %j a safe path: %j', (folder, path) => {
  expect(checkFolder(folder, category)).toBe(path);
});

it.each(['..', '../x', 'a/../b', 'a//b', '/etc', './a', 'C:\\x', 'a/ . /b', '//'])(
  'refuses %j, which is no path below a root',
  (folder) => {
    expect(() => checkFolder(folder, category)).toThrow('is no path below');
  },
);

it.each([
  ['a\0b', 'none of them NUL'],
  ['x'.repeat(1_001), 'at most 1000 characters'],
  ['x/'.repeat(21), 'at most 20 are'],
  ['data/deeper', 'leave out what lies in "data/deeper"'],
  ['lost+found', 'leave out what lies in'],
])('refuses %j', (folder, message) => {
  expect(() => checkFolder(folder, category)).toThrow(message);
});
