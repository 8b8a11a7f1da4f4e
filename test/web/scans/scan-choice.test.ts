import { expect, it } from 'vitest';
import { planAgain, readScanSearch, toInput } from '../../../src/web/scans/scan-choice.ts';

it('asks for the places that were typed, else for the chosen categories, else for all', () => {
  const choice = { categories: ['photos'], places: '', isFull: true, adoptsRoots: false };
  const asked = { dryRun: true, full: true, adoptRoot: false };
  expect(toInput({ ...choice, places: ' photos/a \n\nphotos/b' }, true)).toEqual({
    ...asked,
    paths: ['photos/a', 'photos/b'],
  });
  expect(toInput(choice, true)).toEqual({ ...asked, categories: ['photos'] });
  expect(toInput({ ...choice, categories: [] }, false)).toEqual({ ...asked, dryRun: false });
});

it('plans anew as it was planned: the same places, as far, and with the roots that were taken', () => {
  const scan = { categories: ['photos', 'shows'], paths: null, limit: 5, full: true, adoptRoot: true };
  expect(planAgain(scan)).toEqual({
    dryRun: true,
    categories: ['photos', 'shows'],
    limit: 5,
    full: true,
    adoptRoot: true,
  });
  // Categories and paths are not given together.
  expect(planAgain({ ...scan, paths: ['photos/a'], limit: null, full: false, adoptRoot: false })).toEqual({
    dryRun: true,
    paths: ['photos/a'],
    limit: null,
    full: false,
    adoptRoot: false,
  });
});

it('reads of an address what makes sense', () => {
  expect(readScanSearch({ cat: 'photos', path: ['a', 7, ''], adopt: 'true', x: 1 })).toEqual({
    cat: ['photos'],
    path: ['a'],
    adopt: true,
  });
  expect(readScanSearch({ cat: [], path: null, adopt: 'no' })).toEqual({});
});
