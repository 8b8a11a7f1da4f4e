import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../../src/base/config/media-config.ts';
import { describeRules } from '../../../src/library/metadata/describe-rules.ts';

const category: Pick<CategoryConfig, 'mediaType' | 'storageFormat' | 'hierarchyLevels'> = {
  mediaType: 'VIDEO',
  storageFormat: 'SERIES',
  hierarchyLevels: [{ name: 'series', key: 'series' }],
};

it('is the same for the same rules', () => {
  expect(describeRules(structuredClone(category))).toBe(describeRules(category));
});

it.each<[string, Partial<typeof category>]>([
  ['media type', { mediaType: 'AUDIO' }],
  ['storage format', { storageFormat: 'ITEM' }],
  ['name of a level', { hierarchyLevels: [{ name: 'show', key: 'series' }] }],
  ['number of levels', { hierarchyLevels: [] }],
])('is another for another %s', (_, change) => {
  expect(describeRules({ ...category, ...change })).not.toBe(describeRules(category));
});
