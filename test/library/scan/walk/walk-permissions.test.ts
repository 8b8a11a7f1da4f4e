import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compiledPath } from '../../../support/compile-sources.ts';
import type { Walked } from './walked-tree.ts';
import { plant } from './walked-tree.ts';

const isRoot = process.geteuid?.() === 0;
const nobody = 65_534;

/** Root may read anything: walks as a user to whom the modes of files mean something. */
function walkWithoutPrivileges(root: string, rootMode = 0o755): Pick<Walked, 'paths' | 'errors'> {
  chmodSync(root, rootMode);
  const program = compiledPath(new URL('print-walk-process.ts', import.meta.url));
  const user = isRoot ? { uid: nobody, gid: nobody } : {};
  const printed = execFileSync(process.execPath, [program, root], { encoding: 'utf8', ...user });
  return JSON.parse(printed) as Pick<Walked, 'paths' | 'errors'>;
}

test('A folder that may not be listed is one error, and its siblings go on', () => {
  const root = plant('a/x.mp4', 'locked/x.mp4', 'z/x.mp4');
  chmodSync(join(root, 'locked'), 0o000);
  const walked = walkWithoutPrivileges(root);
  chmodSync(join(root, 'locked'), 0o700);
  expect(walked).toEqual({
    paths: ['a/x.mp4', 'z/x.mp4'],
    errors: [
      {
        code: 'UNREADABLE_FOLDER',
        kind: 'folder',
        path: 'locked',
        relativePath: 'locked',
        message:
          "The folder cannot be read (EACCES). Give the service's user permission to read files, and to read and search folders.",
      },
    ],
  });
});

test('A folder that may be listed and not searched is one error for all its files', () => {
  const root = plant('a/x.mp4', 'locked/x.mp4', 'locked/y.mp4', 'z/x.mp4');
  chmodSync(join(root, 'locked'), 0o444);
  const { paths, errors } = walkWithoutPrivileges(root);
  chmodSync(join(root, 'locked'), 0o700);
  expect(paths).toEqual(['a/x.mp4', 'z/x.mp4']);
  expect(errors).toMatchObject([{ code: 'UNREADABLE_FOLDER', kind: 'folder', relativePath: 'locked' }]);
});

test('A file that its owner may not read is one error, and its siblings go on', () => {
  const root = plant('a.mp4', 'locked.mp4', 'z.mp4');
  chmodSync(join(root, 'locked.mp4'), 0o044);
  if (isRoot) chownSync(join(root, 'locked.mp4'), nobody, nobody);
  const { paths, errors } = walkWithoutPrivileges(root);
  expect(paths).toEqual(['a.mp4', 'z.mp4']);
  expect(errors).toMatchObject([{ code: 'UNREADABLE_FILE', kind: 'file', relativePath: 'locked.mp4' }]);
});

test.runIf(isRoot)("Another user's file is catalogued if the group may read it, and an error if not", () => {
  const root = plant('group.mp4', 'private.mp4');
  chownSync(join(root, 'group.mp4'), 0, nobody);
  chmodSync(join(root, 'group.mp4'), 0o640);
  chmodSync(join(root, 'private.mp4'), 0o600);
  const { paths, errors } = walkWithoutPrivileges(root);
  expect(paths).toEqual(['group.mp4']);
  expect(errors).toMatchObject([{ code: 'UNREADABLE_FILE', kind: 'file', relativePath: 'private.mp4' }]);
});

test('A root that may not be listed is an error at the root', () => {
  const root = plant('a.mp4');
  const { paths, errors } = walkWithoutPrivileges(root, 0o111);
  chmodSync(root, 0o700);
  expect(paths).toEqual([]);
  expect(errors).toMatchObject([{ code: 'UNREADABLE_FOLDER', kind: 'folder', path: '.', relativePath: '' }]);
});
