import { expect, it } from 'vitest';
import type { FileHandle, FolderHandle } from '../../../src/web/uploads/dropped.ts';
import { walkDropped, walkPicked } from '../../../src/web/uploads/walk.ts';

const file = (name: string, path = '') => ({ name, size: 1, webkitRelativePath: path }) as File;
const fileHandle = (name: string, isReadable = true): FileHandle => ({
  kind: 'file',
  name,
  getFile: () => (isReadable ? Promise.resolve(file(name)) : Promise.reject(new Error('gone'))),
});

const folder = (name: string, values: FolderHandle['values']): FolderHandle => ({ kind: 'directory', name, values });

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

it('walks dropped folders with what they hold, names each from the dropped one on, and says what cannot be read', async () => {
  const inside: FolderHandle = {
    kind: 'directory',
    name: 'Rome',
    async *values() {
      yield fileHandle('a.jpg');
      yield fileHandle('.DS_Store');
      yield fileHandle('gone.jpg', false);
    },
  };
  const root: FolderHandle = {
    kind: 'directory',
    name: '2014',
    async *values() {
      yield inside;
      yield fileHandle('b.jpg');
    },
  };
  const found = await all(
    walkDropped([
      { kind: 'handle', handle: Promise.resolve(root), file: null },
      { kind: 'handle', handle: Promise.resolve(null), file: file('c.jpg') },
      { kind: 'file', file: file('d.jpg') },
    ]),
  );
  expect(found.map(({ folder, name, file: each, root: from }) => [folder, name, each !== null, from === root])).toEqual(
    [
      ['2014/Rome', 'a.jpg', true, true],
      ['2014/Rome', 'gone.jpg', false, true],
      ['2014', 'b.jpg', true, true],
      ['', 'c.jpg', true, false],
      ['', 'd.jpg', true, false],
    ],
  );
});

it('goes on behind a folder that cannot be read to its end, and says which', async () => {
  const broken = folder('Broken', async function* () {
    yield fileHandle('a.jpg');
    throw new DOMException('gone', 'NotFoundError');
  });
  const root = folder('All', async function* () {
    yield broken;
    yield fileHandle('b.jpg');
  });
  const old = {
    isFile: false,
    name: 'Old',
    createReader: () => ({ readEntries: (_give: unknown, fail: (error: Error) => void) => fail(new Error('denied')) }),
  } as unknown as FileSystemEntry;
  const found = await all(
    walkDropped([
      { kind: 'handle', handle: Promise.resolve(root), file: null },
      { kind: 'entry', entry: old },
    ]),
  );
  expect(found.map(({ folder: place, name, file: each }) => [`${place}/${name}`, each !== null])).toEqual([
    ['All/Broken/a.jpg', true],
    ['All/Broken', false],
    ['All/b.jpg', true],
    ['/Old', false],
  ]);
});

it('holds no more of a folder of 70 000 files than the one that is looked at', async () => {
  let opened = 0;
  const root: FolderHandle = {
    kind: 'directory',
    name: 'all',
    async *values() {
      for (let at = 0; at < 70_000; at++) {
        opened++;
        yield fileHandle(`${at}.jpg`);
      }
    },
  };
  const walk = walkDropped([{ kind: 'handle', handle: Promise.resolve(root), file: null }]);
  for (let at = 0; at < 500; at++) await walk.next();
  expect(opened).toBeLessThanOrEqual(501);
  await walk.return(undefined);
});

it('takes the folders that a picker tells, and what the browser reads of old-style entries a hundred at a time', async () => {
  const picked = [file('a.jpg', 'Trip/2014/a.jpg'), file('Thumbs.db', 'Trip/Thumbs.db'), file('.hidden.jpg')];
  expect(Array.from(walkPicked(picked), ({ folder, name }) => `${folder}|${name}`)).toEqual([
    'Trip/2014|a.jpg',
    '|.hidden.jpg',
  ]);
  const leaf = (name: string) => ({ isFile: true, name, file: (give: (found: File) => void) => give(file(name)) });
  const batches = [[leaf('1.jpg'), leaf('2.jpg')], [leaf('3.jpg')], []];
  const entry = {
    isFile: false,
    name: 'old',
    createReader: () => ({ readEntries: (give: (found: unknown) => void) => give(batches.shift()) }),
  } as unknown as FileSystemEntry;
  const found = await all(walkDropped([{ kind: 'entry', entry }]));
  expect(found.map(({ folder, name }) => `${folder}/${name}`)).toEqual(['old/1.jpg', 'old/2.jpg', 'old/3.jpg']);
});
