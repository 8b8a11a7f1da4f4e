import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveAllowed } from '../../../src/library/hashing/allowed-path.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

async function makeRoots() {
  const folder = await realpath(await temporaryFolder());
  await writeFiles(folder, ['models/a.bin', 'more/b.bin', 'private/secret.bin', 'models-of-others/c.bin']);
  await symlink(join(folder, 'private/secret.bin'), join(folder, 'models/escape.bin'));
  await symlink(join(folder, 'more'), join(folder, 'models/more'));
  await symlink(join(folder, 'models'), join(folder, 'shortcut'));
  const roots = { paths: [join(folder, 'models'), join(folder, 'more'), join(folder, 'gone')], setting: 'MODEL_ROOTS' };
  const resolve = async (path: string) => {
    try {
      const { rootPath, relativePath } = await resolveAllowed(join(folder, path), roots);
      return `${rootPath.slice(folder.length + 1)}: ${relativePath}`;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return { folder, roots, resolve };
}

it('finds the root that a file really lies in, also behind links', async () => {
  const { resolve } = await makeRoots();
  expect(await resolve('models/a.bin')).toBe('models: a.bin');
  expect(await resolve('shortcut/a.bin')).toBe('models: a.bin');
  expect(await resolve('models/more/b.bin')).toBe('more: b.bin');
  expect(await resolve('private/../models/a.bin')).toBe('models: a.bin');
});

it('refuses what lies outside, by its text or behind a link, and does not tell whether it is there', async () => {
  const { resolve } = await makeRoots();
  expect(await resolve('private/secret.bin')).toBe('PATH_NOT_ALLOWED');
  expect(await resolve('private/nothing.bin')).toBe('PATH_NOT_ALLOWED');
  expect(await resolve('models/../private/secret.bin')).toBe('PATH_NOT_ALLOWED');
  expect(await resolve('models/escape.bin')).toBe('PATH_NOT_ALLOWED');
  expect(await resolve('models-of-others/c.bin')).toBe('PATH_NOT_ALLOWED');
  expect(await resolve('models/a.bin\0')).toBe('PATH_NOT_ALLOWED');
});

it.each([
  ['a linked folder', 'models/private-folder/%'],
  ['a folder in a linked one', 'models/private-folder/deeper/%'],
  ['a link to the file itself', 'models/link-%'],
  ['links to links', 'models/twice-%'],
])('does not tell through %s whether a file outside is there', async (_what, pattern) => {
  const { folder, resolve } = await makeRoots();
  await writeFiles(folder, ['private/deeper/is.bin', 'private/is.bin']);
  await symlink(join(folder, 'private'), join(folder, 'models/private-folder'));
  for (const name of ['is', 'is-not']) {
    await symlink(`../private/${name}.bin`, join(folder, `models/link-${name}.bin`));
    await symlink(`link-${name}.bin`, join(folder, `models/twice-${name}.bin`));
    expect(await resolve(pattern.replace('%', `${name}.bin`))).toBe('PATH_NOT_ALLOWED');
  }
});

it('tells that a link leads to nothing where that would lie inside a root, and ends with links in a circle', async () => {
  const { folder, resolve } = await makeRoots();
  await symlink('../more/nothing.bin', join(folder, 'models/broken.bin'));
  await symlink('circle.bin', join(folder, 'models/circle.bin'));
  expect(await resolve('models/broken.bin')).toBe('FILE_NOT_FOUND');
  expect(await resolve('models/circle.bin')).toBe('FILE_NOT_FOUND');
  expect(await resolve('models/circle.bin/below')).toBe('FILE_NOT_FOUND');
  expect(await resolve('models/more/nothing.bin')).toBe('FILE_NOT_FOUND');
});

it('tells inside a root that nothing is there', async () => {
  const { resolve } = await makeRoots();
  expect(await resolve('models/nothing.bin')).toBe('FILE_NOT_FOUND');
  expect(await resolve('gone/nothing.bin')).toBe('FILE_NOT_FOUND');
});

it('finds the only file whose path differs in case or in the form of its accents, and leaves a choice to nobody', async () => {
  const { folder, resolve } = await makeRoots();
  await writeFiles(join(folder, 'models'), ['Loras/Été.bin', 'loras/two.bin', 'loras/TWO.bin', 'loras/one.bin']);
  expect(await resolve('models/A.BIN')).toBe('models: a.bin');
  expect(await resolve('models/LORAS/One.bin')).toBe('models: loras/one.bin');
  expect(await resolve('models/loras/e\u0301te\u0301.bin')).toBe('models: Loras/Été.bin');
  expect(await resolve('models/loras/two.bin')).toBe('models: loras/two.bin');
  expect(await resolve('models/loras/Two.bin')).toBe('FILE_NOT_FOUND');
  expect(await resolve('models/loras/three.bin')).toBe('FILE_NOT_FOUND');
  expect(await resolve('models/ESCAPE.bin')).toBe('FILE_NOT_FOUND');
  expect(await resolve('PRIVATE/Secret.bin')).toBe('PATH_NOT_ALLOWED');
});

it('allows nothing where no root is named, and takes no Windows root for a folder here', async () => {
  const { folder } = await makeRoots();
  await mkdir(join(folder, 'T:'));
  for (const paths of [[], ['T:/Movies']]) {
    await expect(resolveAllowed(join(folder, 'models/a.bin'), { paths, setting: 'MODEL_ROOTS' })).rejects.toMatchObject(
      {
        code: 'PATH_NOT_ALLOWED',
        message: expect.stringContaining('MODEL_ROOTS'),
      },
    );
  }
});
