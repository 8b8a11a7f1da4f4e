import { mkdirSync, rmdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { plant, walk } from './walked-tree.ts';

/** Makes links: `{ 'where/it/is': 'what it says' }`. */
function link(root: string, links: Record<string, string>): void {
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path));
}

test('Links to files and folders inside the root are items at their own path', () => {
  const root = plant('real/a.mp4', 'z.mp4');
  link(root, { 'folder-link': 'real', 'file-link.mp4': 'real/a.mp4', 'absolute.mp4': join(root, 'z.mp4') });
  const { paths, stats, errors } = walk(root);
  expect(paths).toEqual(['absolute.mp4', 'file-link.mp4', 'folder-link/a.mp4', 'real/a.mp4', 'z.mp4']);
  expect(stats.get('file-link.mp4')?.ino).toBe(stats.get('real/a.mp4')?.ino);
  expect(errors).toEqual([]);
});

test('A link to a folder stands where a folder of its name would', () => {
  const root = plant('real/x', 'l!', 'l0');
  link(root, { l: 'real' });
  expect(walk(root).paths).toEqual(['l!', 'l/x', 'l0', 'real/x']);
});

test('Patterns match the path of the link, not that of its target', () => {
  const root = plant('real/a.bin', 'real/b.mp4');
  link(root, { 'link.mp4': 'real/a.bin', 'link.bin': 'real/b.mp4', 'excluded-link': 'real' });
  const { paths } = walk(root, { include: ['**/*.mp4'], exclude: ['excluded-link/**'] });
  expect(paths).toEqual(['link.mp4', 'real/b.mp4']);
});

test('Links that lead out of the root are reported and skipped', () => {
  const outside = plant('secret/a.mp4');
  const root = plant('b.mp4', 'z/c.mp4');
  // A folder beside the root whose path begins like the root's is outside too.
  mkdirSync(`${root}-beside`);
  onTestFinished(() => rmdirSync(`${root}-beside`));
  link(root, {
    'a.mp4': join(outside, 'secret/a.mp4'),
    folder: join(outside, 'secret'),
    up: '..',
    w: `${root}-beside`,
  });
  link(root, { 'z/excluded.nfo': outside });

  const { paths, errors } = walk(root, { exclude: ['**/*.nfo'] });
  expect(paths).toEqual(['b.mp4', 'z/c.mp4']);
  expect(errors.map(({ code, kind, path }) => [code, kind, path])).toEqual([
    ['SYMLINK_OUTSIDE_ROOT', 'file', 'a.mp4'],
    ['SYMLINK_OUTSIDE_ROOT', 'file', 'folder'],
    ['SYMLINK_OUTSIDE_ROOT', 'file', 'up'],
    ['SYMLINK_OUTSIDE_ROOT', 'file', 'w'],
  ]);
});

test('A link to an outside file is of no concern where the patterns would not accept the file', () => {
  const outside = plant('notes.txt');
  const root = plant('b.mp4');
  link(root, { 'notes.txt': join(outside, 'notes.txt') });
  const { paths, errors } = walk(root, { include: ['**/*.mp4'] });
  expect({ paths, errors }).toEqual({ paths: ['b.mp4'], errors: [] });
});

test('A link in an inside folder that leads on to the outside is outside', () => {
  const outside = plant('a.mp4');
  const root = plant('real/');
  link(root, { 'real/hop': outside, 'a.mp4': 'real/hop/a.mp4' });
  expect(walk(root)).toMatchObject({
    paths: [],
    errors: [
      { code: 'SYMLINK_OUTSIDE_ROOT', path: 'a.mp4' },
      { code: 'SYMLINK_OUTSIDE_ROOT', path: 'real/hop' },
    ],
  });
});

test('Links to nothing and to themselves are reported, and their siblings go on', () => {
  const root = plant('z.mp4');
  link(root, { 'dead\n.mp4': 'nowhere', self: 'self', ping: 'pong', pong: 'ping' });
  const { paths, errors } = walk(root);
  expect(paths).toEqual(['z.mp4']);
  expect(errors.map(({ code, path, relativePath }) => [code, path, relativePath])).toEqual([
    ['BROKEN_SYMLINK', 'dead\\n.mp4', 'dead\n.mp4'],
    ['BROKEN_SYMLINK', 'ping', 'ping'],
    ['BROKEN_SYMLINK', 'pong', 'pong'],
    ['BROKEN_SYMLINK', 'self', 'self'],
  ]);
});

test('A link to a folder above it is counted and not entered', () => {
  const root = plant('a/b/x.mp4');
  link(root, { 'a/b/here': '.', 'a/b/parent': '..', 'a/b/root': root });
  expect(walk(root)).toMatchObject({ paths: ['a/b/x.mp4'], errors: [], linksNotFollowed: 3 });
});

test('Two folders that link to each other are each entered once more', () => {
  const root = plant('a/x', 'b/y');
  link(root, { 'a/to-b': '../b', 'b/to-a': '../a' });
  expect(walk(root)).toMatchObject({ paths: ['a/to-b/y', 'a/x', 'b/to-a/x', 'b/y'], linksNotFollowed: 2 });
});

test('Twenty folders that all link to all others come to an end', () => {
  const names = Array.from({ length: 20 }, (_, index) => `folder-${index}`);
  const root = plant(...names.map((name) => `${name}/x.mp4`));
  for (const from of names) {
    for (const to of names) if (from !== to) symlinkSync(join('..', to), join(root, from, to));
  }
  const { paths, foldersWalked, errors } = walk(root);
  // Each is walked at its own place, and at most once by a link.
  expect(paths.length).toBe(foldersWalked - 1);
  expect(foldersWalked).toBeGreaterThan(20);
  expect(foldersWalked).toBeLessThanOrEqual(1 + 2 * 20);
  expect(errors).toEqual([]);
});

test('A chain of folders with two links each into the next does not double at each step', () => {
  const root = plant(...Array.from({ length: 40 }, (_, index) => `level-${index}/x`), 'level-40/x');
  for (let index = 0; index < 40; index++) {
    link(root, { [`level-${index}/left`]: `../level-${index + 1}`, [`level-${index}/right`]: `../level-${index + 1}` });
  }
  expect(walk(root).paths.length).toBe(41 + 40);
});

test('A folder that was excluded at one link can be entered by another', () => {
  const root = plant('real/x');
  link(root, { 'a-link': 'real', 'b-link': 'real' });
  expect(walk(root, { exclude: ['a-link/**/*'] }).paths).toEqual(['b-link/x', 'real/x']);
});
