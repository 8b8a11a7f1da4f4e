import { describe, expect, it } from 'vitest';
import { nearestKey } from '../../../src/base/config/find-unknown-keys.ts';

const known = ['key', 'label', 'root_path', 'include_patterns', 'exclude_patterns', 'ui'];

describe('nearestKey', () => {
  it.each([
    ['root_pth', 'root_path'],
    ['rootPath', 'root_path'],
    ['ROOT_PATH', 'root_path'],
    ['includes_patterns', 'include_patterns'],
    ['excluded_pattern', 'exclude_patterns'],
    ['lable', 'label'],
    ['kye', 'key'],
    ['iu', 'ui'],
  ])('takes %s for %s', (typed, meant) => {
    expect(nearestKey(typed, known)).toBe(meant);
  });

  it.each(['description', 'x', 'path', 'yes'])('finds nothing close to %s', (typed) => {
    expect(nearestKey(typed, known)).toBeUndefined();
  });
});
