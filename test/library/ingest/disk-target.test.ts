import { createHash } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDiskTarget } from '../../../src/library/ingest/disk-target.ts';
import { moveExclusively } from '../../../src/library/ingest/link-exclusively.ts';
import { canMount, mountFilesystem } from '../../support/mount-filesystem.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

async function* names(...given: string[]): AsyncGenerator<string> {
  yield* given;
}

async function received(folder: string, content: string | Buffer = 'bytes') {
  const path = join(folder, 'received.part');
  await writeFile(path, content);
  return { path, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

const rootAt = (rootPath: string) => ({ key: 'movies', rootPath, copypartyPath: '/movies' });
const target = createDiskTarget({ roots: { recognise: async () => ({ state: 'ONLINE', isCertain: true }) } });

it('takes the first name that is free, and leaves what stands there', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  await writeFiles(root, ['a.mp4']);
  await mkdir(join(root, 'a (1).mp4'));
  const file = await received(incoming);
  const placed = await target.place(file, rootAt(root), names('a.mp4', 'a (1).mp4', 'a (2).mp4'));
  const stats = await stat(join(root, 'a (2).mp4'), { bigint: true });
  expect(placed).toMatchObject({ relativePath: 'a (2).mp4', sizeBytes: 5, modifiedNs: stats.mtimeNs });
  expect(await readFile(join(root, 'a.mp4'), 'utf8')).toBe('a.mp4');
});

it('takes away what it placed, and nothing that came in its place', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  const file = await received(incoming);
  await (await target.place(file, rootAt(root), names('a.mp4'))).undo();
  expect(await readdir(root)).toEqual([]);
  const placed = await target.place(file, rootAt(root), names('a.mp4'));
  await rm(join(root, 'a.mp4'));
  await writeFiles(root, ['a.mp4']);
  await placed.undo();
  expect(await readFile(join(root, 'a.mp4'), 'utf8')).toBe('a.mp4');
});

it('runs out of names with an error', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  await writeFiles(root, ['a.mp4']);
  const file = await received(incoming);
  await expect(target.place(file, rootAt(root), names('a.mp4'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
});

it.runIf(canMount)('copies to another filesystem, and leaves no half file where that is full', async () => {
  const [incoming, root] = [await temporaryFolder(), await mountFilesystem('-o', 'size=1m')];
  const file = await received(incoming, Buffer.alloc(600_000, 'x'));
  const placed = await target.place(file, rootAt(root), names('a.mp4'));
  expect(placed).toMatchObject({ relativePath: 'a.mp4', sizeBytes: 600_000 });
  expect(await readFile(join(root, 'a.mp4'))).toEqual(Buffer.alloc(600_000, 'x'));
  await expect(target.place(file, rootAt(root), names('b.mp4'))).rejects.toMatchObject({
    code: 'STORAGE_ERROR',
    message: expect.stringContaining('ENOSPC'),
  });
  expect(await readdir(root)).toEqual(['a.mp4']);
});

it.runIf(canMount)('says that a root is read-only', async () => {
  const [incoming, root] = [await temporaryFolder(), await mountFilesystem('-o', 'ro')];
  await expect(target.place(await received(incoming), rootAt(root), names('a.mp4'))).rejects.toMatchObject({
    code: 'STORAGE_ERROR',
    message: expect.stringContaining('read-only'),
  });
});

it('moves where there are no links, and never over another file', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, ['a', 'b']);
  expect(await moveExclusively(join(root, 'a'), join(root, 'b'))).toBe('taken');
  expect(await readFile(join(root, 'b'), 'utf8')).toBe('b');
  expect(await moveExclusively(join(root, 'a'), join(root, 'c'))).toBe('placed');
  expect(await readdir(root)).toEqual(['b', 'c']);
  await expect(moveExclusively(join(root, 'nothing'), join(root, 'd'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(root)).toEqual(['b', 'c']);
});

it('has a name at once or not at all: a link to the whole file', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  const file = await received(incoming);
  await link(file.path, join(incoming, 'second'));
  await target.place(file, rootAt(root), names('a.mp4'));
  expect((await stat(join(root, 'a.mp4'))).ino).toBe((await stat(file.path)).ino);
});

it('makes the folder that it is told, and takes it away again where it placed nothing for good', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  await mkdir(join(root, 'Trips'));
  const file = await received(incoming);
  const placed = await target.place(file, rootAt(root), names('a.mp4'), 'Trips/2024/May');
  expect(placed.relativePath).toBe('Trips/2024/May/a.mp4');
  expect(await readFile(join(root, 'Trips/2024/May/a.mp4'), 'utf8')).toBe('bytes');
  const second = await target.place(file, rootAt(root), names('a.mp4', 'b.mp4'), 'Trips/2024/May');
  expect(second.relativePath).toBe('Trips/2024/May/b.mp4');
  // The folders that the first one made have the file of the second one.
  await placed.undo();
  expect(await readdir(join(root, 'Trips/2024/May'))).toEqual(['b.mp4']);
  await second.undo();
  const third = await target.place(file, rootAt(root), names('c.mp4'), 'Trips/2025');
  await third.undo();
  expect(await readdir(join(root, 'Trips'))).toEqual(['2024']);
});

it('finds in the folder what an earlier process had placed there', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  const file = await received(incoming);
  await target.place(file, rootAt(root), names('a (1).mp4'), 'x/y');
  expect(await target.findPlaced?.(file, rootAt(root), 'a.mp4', 'x/y')).toMatchObject({
    relativePath: 'x/y/a (1).mp4',
  });
  expect(await target.findPlaced?.(file, rootAt(root), 'a.mp4', 'x')).toBeNull();
});

it('places nothing behind a link that leads out, or below a file', async () => {
  const [incoming, root, outside] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  const file = await received(incoming);
  await symlink(outside, join(root, 'out'));
  await writeFiles(root, ['file']);
  await mkdir(join(root, 'inside'));
  await symlink(join(root, 'inside'), join(root, 'in'));
  for (const folder of ['out', 'out/new', 'file', 'file/new']) {
    await expect(target.place(file, rootAt(root), names('a.mp4'), folder)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(`"${folder}" cannot be a folder of the category`),
    });
  }
  expect(await readdir(outside)).toEqual([]);
  const placed = await target.place(file, rootAt(root), names('a.mp4'), 'in/new');
  expect(placed.relativePath).toBe('in/new/a.mp4');
  expect(await readdir(join(root, 'inside/new'))).toEqual(['a.mp4']);
});

it('takes many files at once into a folder that others make and take away', async () => {
  const [incoming, root] = [await temporaryFolder(), await temporaryFolder()];
  const file = await received(incoming);
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const placed = await target.place(file, rootAt(root), names(`${index}.mp4`), 'new/deep');
      if (index % 2 === 0) await placed.undo();
      return placed.relativePath;
    }),
  );
  expect(outcomes).toHaveLength(40);
  expect(await readdir(join(root, 'new/deep'))).toHaveLength(20);
});
