import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { createMatcher } from '../../../src/library/catalogue/match-patterns.ts';
import { createRandom } from '../scan/random.ts';

const patterns = [
  '**/*.mp4',
  '**/*.JPG',
  '**/*.tar.gz',
  '**/*.nfo',
  '**/.DS_Store',
  '**/sample.mp4',
  '*.mp4',
  'a/**',
  'A/b/*',
  '**/b/**',
  '**/{a,b}/**',
  '**/[ab]*/**/*',
  'é/**',
  '**/*.m{p4,kv}',
  '**/?.mkv',
  '!**/*.jpg',
  '**',
  '**/+(a|b)/**',
];
const names = [
  'a',
  'B',
  'ab',
  'é',
  'É',
  '.a',
  'k',
  'a.b',
  'a\nb',
  '.DS_Store',
  '.ds_store',
  'sample.MP4',
  'xsample.mp4',
];
const extensions = ['', '.mp4', '.MP4', '.jpg', '.mkv', '.m\u{212a}v', '.nfo', '.gz', '.tar.gz', '.', '.mp4 '];

function randomPath(random: ReturnType<typeof createRandom>): string {
  const parts = Array.from({ length: 1 + random.below(4) }, () => random.pick(names) + random.pick(extensions));
  return parts.join('/');
}

test('Any set of patterns accepts what picomatch accepts, whichever way is the quick one', () => {
  const random = createRandom(2);
  const options = { dot: true, nocase: true, flags: 'is' };
  const wrong: unknown[] = [];
  let accepted = 0;
  for (let round = 0; round < 400; round++) {
    const includePatterns = Array.from({ length: 1 + random.below(3) }, () => random.pick(patterns));
    const excludePatterns = Array.from({ length: random.below(3) }, () => random.pick(patterns));
    const matcher = createMatcher({ includePatterns, excludePatterns });
    const isIncluded = picomatch(includePatterns, options);
    const isExcluded = picomatch(excludePatterns, options);
    for (let count = 0; count < 50; count++) {
      const path = randomPath(random);
      const expected = isIncluded(path) && !isExcluded(path);
      if (matcher.accepts(path) !== expected) wrong.push({ includePatterns, excludePatterns, path, expected });
      if (expected) accepted++;
    }
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(2_000);
});

test('Nothing is accepted below a folder that is not descended into', () => {
  const random = createRandom(3);
  const wrong: unknown[] = [];
  let closed = 0;
  for (let round = 0; round < 400; round++) {
    const excludePatterns = [random.pick(patterns), random.pick(patterns)];
    const matcher = createMatcher({ includePatterns: [], excludePatterns });
    for (let count = 0; count < 50; count++) {
      const folder = randomPath(random);
      if (matcher.descends(folder)) continue;
      closed++;
      const path = `${folder}/${randomPath(random)}`;
      if (matcher.accepts(path)) wrong.push({ excludePatterns, path });
    }
  }
  expect(wrong).toEqual([]);
  expect(closed).toBeGreaterThan(500);
});

test('A folder is not descended into where a pattern excludes all below it, in any case', () => {
  const matcher = createMatcher({
    includePatterns: ['**/*.mp4'],
    excludePatterns: ['**/node_modules/**', 'Extras/**/*', '**/*.nfo', '**/cache'],
  });
  expect(
    ['node_modules', 'a/Node_Modules', 'extras', '@eaDir', 'cache', 'x.nfo', 'a/extras'].map((path) =>
      matcher.descends(path),
    ),
  ).toEqual([false, false, false, true, true, true, true]);
});

test('Without include patterns every file is accepted that is not excluded', () => {
  const matcher = createMatcher({ includePatterns: [], excludePatterns: ['**/.DS_Store'] });
  expect(['a', '.b/c.mp4', 'x/.ds_store'].map((path) => matcher.accepts(path))).toEqual([true, true, false]);
});

test('Dotfiles, newlines and capitals hide nothing from a pattern', () => {
  const matcher = createMatcher({ includePatterns: ['**/*.mp4'], excludePatterns: [] });
  expect(['.hidden/.x.MP4', 'a\nb/c\n.mp4', '-rf.mp4'].map((path) => matcher.accepts(path))).toEqual([
    true,
    true,
    true,
  ]);
});
