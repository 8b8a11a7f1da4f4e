import { parse, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { isWithin } from '../../../src/base/files/is-within.ts';

const films = resolve('/media/films');

it('a folder holds itself and whatever lies below it', () => {
  expect(isWithin(films, films)).toBe(true);
  expect(isWithin(resolve(films, 'a.mp4'), films)).toBe(true);
  expect(isWithin(resolve(films, 'deep/er/..a.mp4'), films)).toBe(true);
});

it('a folder holds neither what is above it nor a neighbour whose name begins like its own', () => {
  expect(isWithin(resolve('/media'), films)).toBe(false);
  expect(isWithin(resolve('/media/films-old/a.mp4'), films)).toBe(false);
  expect(isWithin(resolve('/media/films.mp4'), films)).toBe(false);
});

it('the root of the file system, whose path ends with a separator, holds every path', () => {
  expect(isWithin(films, parse(films).root)).toBe(true);
  expect(isWithin(parse(films).root, films)).toBe(false);
});
