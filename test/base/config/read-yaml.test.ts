import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../src/base/config/read-yaml.ts';

describe('readYaml finds fault with', () => {
  it('text that is no YAML, with the place', () => {
    expect(readYaml('version: 2\ncategories: [a\ndefaults: {}\n').faults).toMatchObject([
      { key: '', line: 3, column: 1, expected: 'YAML' },
    ]);
    expect(readYaml('a: 1\n---\nb: 2\n').faults).toMatchObject([{ line: 2, column: 1, expected: 'YAML' }]);
  });

  it('aliases of nothing, and aliases that contain themselves', () => {
    const source = readYaml(`version: 2\n\ndefaults:\n  ui: &ui {self: [1, *ui]}\n  playback: *no\n`);
    expect(source.faults).toEqual([
      {
        key: 'defaults.ui.self[1]',
        line: 4,
        column: 22,
        found: '*ui, which contains itself',
        expected: 'an alias of an anchor (&ui) that ends before it',
      },
      {
        key: 'defaults.playback',
        line: 5,
        column: 13,
        found: '*no, which nothing defines',
        expected: 'an alias of an anchor (&no) that ends before it',
      },
    ]);
  });

  it('aliases that unfold without end, merges of what is no mapping, and brackets without end', () => {
    const bomb = `a: &a ${tens('1')}\nb: &b ${tens('*a')}\nc: &c ${tens('*b')}\nd: ${tens('*c')}\n`;
    expect(readYaml(bomb).faults).toMatchObject([{ key: '', found: expect.stringContaining('Excessive alias count') }]);
    expect(readYaml('a: {<<: [1]}').faults).toMatchObject([
      { key: '', found: expect.stringContaining('Merge sources') },
    ]);
    expect(readYaml('['.repeat(100_000)).faults).not.toEqual([]);
  });
});

function tens(item: string): string {
  return `[${Array.from({ length: 10 }, () => item).join(', ')}]`;
}
