import { expect, it } from 'vitest';
import { hierarchyOf } from '../../../src/library/metadata/hierarchy.ts';

const levels = [{ name: 'series' }, { name: 'season' }, { name: 'episode' }];

it('fills the levels from the root on and ends with the stem', () => {
  expect(hierarchyOf(levels, 'Harbour Lights/Season 1/S01E01.mp4', 'S01E01')).toEqual([
    { name: 'series', value: 'Harbour Lights' },
    { name: 'season', value: 'Season 1' },
    { name: 'episode', value: 'S01E01' },
  ]);
});

it('leaves out a level that has no folder', () => {
  expect(hierarchyOf(levels, 'Harbour Lights/S01E01.mp4', 'S01E01')).toEqual([
    { name: 'series', value: 'Harbour Lights' },
    { name: 'episode', value: 'S01E01' },
  ]);
  expect(hierarchyOf(levels, 'S01E01.mp4', 'S01E01')).toEqual([{ name: 'episode', value: 'S01E01' }]);
});

it('passes over folders beyond the levels', () => {
  expect(hierarchyOf(levels, 'Harbour Lights/Season 1/extras/deep/Cut.mp4', 'Cut')).toEqual([
    { name: 'series', value: 'Harbour Lights' },
    { name: 'season', value: 'Season 1' },
    { name: 'episode', value: 'Cut' },
  ]);
});

it('gives the stem alone where there is one level', () => {
  expect(hierarchyOf([{ name: 'film' }], 'Sea/Tide.mp4', 'Tide')).toEqual([{ name: 'film', value: 'Tide' }]);
});
