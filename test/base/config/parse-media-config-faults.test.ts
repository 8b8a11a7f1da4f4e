import { describe, expect, it } from 'vitest';
import { MediaConfigError } from '../../../src/base/config/config-errors.ts';
import { parseMediaConfig } from '../../../src/base/config/parse-media-config.ts';

const path = '/opt/mediashelf/config/watch_media_dirs.yml';
const movies = '{key: movies, label: Movies, default: true, root_path: /srv/movies}';

describe('parseMediaConfig refuses', () => {
  it('all faults of shape at once, each with its key, place, what was found and what was expected', () => {
    const error = errorOf(`version: two
defaults:
  media_type: film
  include_patterns: "**/*.mp4"
categories:
  - key: tv series
    label: 1984
    default: perhaps
    storage_format:
      - series
  - key: movies
    label: " "
    root_path: "T:Movies"
    copyparty_path: movies
    include_patterns: ["", 7, "**/*.mkv"]
    exclude_patterns: {nfo: true}
    hierarchy: {levels: [{name: series}, season]}
    ui: {opacity: .nan}
  - just text
validation: {strict: false, allow_missing: 3}
`);
    const glob = 'a glob such as "**/*.mp4"';
    expect(error.faults).toEqual([
      { key: 'version', line: 1, column: 1, found: '"two"', expected: 'a whole number, such as 2' },
      { key: 'defaults.media_type', line: 3, column: 3, found: '"film"', expected: 'video, audio or image' },
      { key: 'defaults.include_patterns', line: 4, column: 3, found: '"**/*.mp4"', expected: 'a list of globs' },
      {
        key: 'categories[0].key',
        line: 6,
        column: 5,
        found: '"tv series"',
        expected: expect.stringContaining('letters (a-z), digits and . _ ~ -'),
      },
      { key: 'categories[0].root_path', line: 6, column: 5, found: 'nothing', expected: 'text' },
      {
        key: 'categories[0].label',
        line: 7,
        column: 5,
        found: 'the number 1984',
        expected: 'text: put the number in quotes',
      },
      { key: 'categories[0].default', line: 8, column: 5, found: '"perhaps"', expected: 'true or false' },
      {
        key: 'categories[0].storage_format',
        line: 9,
        column: 5,
        found: 'a list of 1',
        expected: 'collection, series, group or item',
      },
      { key: 'categories[1].label', line: 12, column: 5, found: '" "', expected: 'text that is not empty' },
      {
        key: 'categories[1].root_path',
        line: 13,
        column: 5,
        found: '"T:Movies"',
        expected: 'a folder, with a slash after the drive letter, such as T:/Movies',
      },
      {
        key: 'categories[1].copyparty_path',
        line: 14,
        column: 5,
        found: '"movies"',
        expected: 'a path that begins with a slash',
      },
      { key: 'categories[1].include_patterns[0]', line: 15, column: 24, found: '""', expected: glob },
      { key: 'categories[1].include_patterns[1]', line: 15, column: 28, found: 'the number 7', expected: glob },
      {
        key: 'categories[1].exclude_patterns',
        line: 16,
        column: 5,
        found: 'a mapping',
        expected: 'a list of globs',
      },
      { key: 'categories[1].hierarchy.levels[0].key', line: 17, column: 26, found: 'nothing', expected: 'text' },
      {
        key: 'categories[1].hierarchy.levels[1]',
        line: 17,
        column: 42,
        found: '"season"',
        expected: 'a mapping with name and key',
      },
      {
        key: 'categories[1].ui',
        line: 18,
        column: 5,
        found: 'a mapping',
        expected: 'values that JSON has too, so neither .nan nor .inf',
      },
      {
        key: 'categories[2]',
        line: 19,
        column: 5,
        found: '"just text"',
        expected: 'a mapping with key, label and root_path',
      },
      { key: 'validation.allow_missing', line: 20, column: 29, found: 'the number 3', expected: 'true or false' },
    ]);
    expect(error.code).toBe('INVALID_MEDIA_CONFIG');
    expect(error.message).toContain(`${path} has 19 faults:\n  version (line 1, column 1): found "two", expected a`);
  });

  it('keys that categories share and a second default, beside the faults of shape', () => {
    const error = errorOf(`version: 2
categories:
  - {key: movies, label: Movies, root_path: /a, default: true}
  - {key: tv, label: TV, default: true}
  - {key: movies, label: More, root_path: /c, default: true}
`);
    expect(error.faults).toEqual([
      { key: 'categories[1].root_path', line: 4, column: 5, found: 'nothing', expected: 'text' },
      {
        key: 'categories[1].default',
        line: 4,
        column: 26,
        found: 'a second default category, after categories[0]',
        expected: 'exactly one',
      },
      {
        key: 'categories[2].key',
        line: 5,
        column: 6,
        found: '"movies", which categories[0] has already',
        expected: 'a key that no other category has',
      },
      {
        key: 'categories[2].default',
        line: 5,
        column: 47,
        found: 'a second default category, after categories[0]',
        expected: 'exactly one',
      },
    ]);
  });

  it('a second default also where that is not strict', () => {
    const error = errorOf(
      `{version: 2, validation: {strict: false}, categories: [${movies}, {key: b, label: B, root_path: /b, default: true}]}`,
    );
    expect(error.faults).toMatchObject([{ key: 'categories[1].default', expected: 'at most one' }]);
  });

  it.each(['', ', validation: {strict: true}', ', validation: {allow_missing: true}'])(
    'a file without a default category where that is strict, as it is unless told%s',
    (rest) => {
      const error = errorOf(`{version: 2, categories: [{key: a, label: A, root_path: /a}]${rest}}`);
      expect(error.faults).toMatchObject([{ key: 'categories', found: 'no default category' }]);
    },
  );

  it.each([
    ['', 'the file', 'nothing', 'a mapping with version and categories'],
    ['- a\n- b', 'the file', 'a list of 2', 'a mapping with version and categories'],
    [`categories: [${movies}]`, 'version', 'nothing', 'a whole number, such as 2'],
    [`version: 0\ncategories: [${movies}]`, 'version', 'the number 0', 'a whole number from 1 to 2147483647'],
    [
      `version: 202611211530\ncategories: [${movies}]`,
      'version',
      'the number 202611211530',
      'a whole number from 1 to 2147483647',
    ],
    [`version: 1.5\ncategories: [${movies}]`, 'version', 'the number 1.5', 'a whole number, such as 2'],
    ['version: 2', 'categories', 'nothing', 'a list of categories'],
    ['version: 2\ncategories: []', 'categories', 'a list of 0', 'at least one category'],
    [
      `version: 2\ncategories: [${movies}]\ndefaults: {include_patterns: []}`,
      'defaults.include_patterns',
      'a list of 0',
      'at least one glob; without the key, the default patterns serve',
    ],
  ])('%j', (text, key, found, expected) => {
    const { message, faults } = errorOf(text);
    expect(faults).toHaveLength(1);
    expect(message).toMatch(`has 1 fault:\n  ${key} (line `);
    expect(message).toMatch(`: found ${found}, expected ${expected}`);
  });

  it.each(['..', '.hidden', 'a/b', 'a b', 'ä', 'a?b', 'a%20b', '-x'])('%j as a key', (key) => {
    const { faults } = errorOf(
      `{version: 2, categories: [{key: ${JSON.stringify(key)}, label: A, root_path: /a, default: true}]}`,
    );
    expect(faults).toMatchObject([{ key: 'categories[0].key', found: JSON.stringify(key) }]);
  });

  it('a key that stands twice, together with the other faults', () => {
    const error = errorOf(
      `version: 2\ncategories:\n  - key: a\n    label: A\n    default: true\n    root_path: /a\n    label: B\nversion: two\n`,
    );
    expect(error.faults).toEqual([
      expect.objectContaining({ key: 'version', line: 1, found: '"two"' }),
      {
        key: 'categories[0].label',
        line: 7,
        column: 5,
        found: 'the same key a second time',
        expected: 'each key once',
      },
      expect.objectContaining({ key: 'version', line: 8, found: 'the same key a second time' }),
    ]);
  });
});

function errorOf(text: string): MediaConfigError {
  try {
    parseMediaConfig(text, path);
  } catch (error) {
    if (error instanceof MediaConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was expected to be refused');
}
