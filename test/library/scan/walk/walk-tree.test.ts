import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { plant, walk } from './walked-tree.ts';

test('A tree of any names is walked in the byte order of its paths', () => {
  const random = createRandom(4);
  const parts = ['a', 'b', 'B', '-', '.', '!', '0', 'é', 'e\u{301}', '\u{fffd}', '\u{ffff}', '\u{e000}', '🎬', '\n'];
  const paths = Array.from({ length: 600 }, () =>
    Array.from({ length: 1 + random.below(3) }, (_, level) => `${level}${random.text(parts, 0, 3)}`).join('/'),
  );
  // A path that is a folder of another one cannot be a file.
  const files = [...new Set(paths)].filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
  const inByteOrder = files.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  expect(walk(plant(...files)).paths).toEqual(inByteOrder);
});

test('What stands between a folder and its content in byte order is told before the content', () => {
  expect(walk(plant('a/x', 'a!', 'a-b/x', 'a0')).paths).toEqual(['a!', 'a-b/x', 'a/x', 'a0']);
});

test('A file comes with its own size and its mtime in nanoseconds', () => {
  const root = plant('a.mp4');
  writeFileSync(join(root, 'a.mp4'), 'four');
  execFileSync('touch', ['-d', '2020-02-02T02:02:02.123456789Z', join(root, 'a.mp4')]);
  const stats = walk(root).stats.get('a.mp4');
  expect([stats?.size, stats?.mtimeNs]).toEqual([4n, 1_580_608_922_123_456_789n]);
});

test('Odd names are told as they are', () => {
  const longest = `${'x'.repeat(251)}.mp4`;
  const odd = [
    ' ',
    '\u{1}',
    '"',
    '%2e',
    '-rf.mp4',
    '...',
    '\\',
    'a\nb/c\nd.mp4',
    'cafe\u{301}.mp4',
    'café.mp4',
    longest,
  ];
  const { paths, errors } = walk(plant(...odd));
  expect(paths.toSorted()).toEqual(odd.toSorted());
  expect(errors).toEqual([]);
});

test('A name that is no UTF-8 is reported by an escaped name, and its siblings go on', () => {
  const root = plant('good.mp4', 'real \u{fffd}.mp4');
  const bytes = (name: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
  writeFileSync(bytes('caf\xe9.mp4'), '');
  writeFileSync(bytes('caf\xe9.nfo'), '');
  mkdirSync(bytes('\xffolder'));
  writeFileSync(bytes('\xffolder/never seen.mp4'), '');

  const { paths, errors } = walk(root, { include: ['**/*.mp4'] });
  expect(paths).toEqual(['good.mp4', 'real \u{fffd}.mp4']);
  expect(errors.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
    expect.objectContaining({ code: 'NAME_NOT_UTF8', kind: 'folder', path: '\\xffolder', relativePath: null }),
    expect.objectContaining({ code: 'NAME_NOT_UTF8', kind: 'file', path: 'caf\\xe9.mp4', relativePath: null }),
  ]);
});

test('Folders may be three hundred levels deep', () => {
  const path = `${'d/'.repeat(300)}deep.mp4`;
  expect(walk(plant(path)).paths).toEqual([path]);
});

test('A path that is too long for the system is one error, and its siblings go on', () => {
  const name = 'n'.repeat(250);
  const root = plant('zz.mp4');
  // Step by step, since no path from the root reaches that far.
  const script = `cd "$0" && for step in $(seq 17); do mkdir ${name} && cd ${name} || exit 1; done; touch x.mp4`;
  execFileSync('bash', ['-c', script, root]);

  const { paths, errors } = walk(root);
  expect(paths).toEqual(['zz.mp4']);
  expect(errors).toEqual([expect.objectContaining({ code: 'PATH_TOO_LONG', kind: 'folder' })]);
  expect(errors[0]?.relativePath).toMatch(/^(n{250}\/)+n{250}$/);
  execFileSync('rm', ['-rf', root]);
});

test('Sockets, FIFOs and devices are passed over without being opened', async () => {
  const root = plant('file.mp4');
  // Opening a FIFO that nobody writes to would hang this test.
  execFileSync('mkfifo', [join(root, 'fifo.mp4')]);
  const server = createServer().listen(join(root, 'socket.mp4'));
  await once(server, 'listening');
  const hasDevice = makeDevice(join(root, 'device.mp4'));

  const { paths, errors, specialFilesSkipped } = walk(root);
  server.close();
  expect(paths).toEqual(['file.mp4']);
  expect(errors).toEqual([]);
  expect(specialFilesSkipped).toBe(hasDevice ? 3 : 2);
});

test('An excluded folder is not even opened', () => {
  const root = plant('a.mp4', 'node_modules/deep/b.mp4', 'x/Node_Modules/c.mp4', 'x/d.mp4', 'x/.DS_Store');
  const { paths, foldersWalked } = walk(root, { exclude: ['**/node_modules/**', '**/.DS_Store'] });
  expect(paths).toEqual(['a.mp4', 'x/d.mp4']);
  expect(foldersWalked).toBe(2);
});

test('An empty root is walked to its end', () => {
  expect(walk(plant())).toMatchObject({ paths: [], errors: [], foldersWalked: 1 });
});

test('A file that vanishes meanwhile is gone without an error', () => {
  const root = plant('a', 'b', 'c');
  const { paths, errors } = walk(root, { onFile: (path) => path === 'a' && rmSync(join(root, 'b')) });
  expect(paths).toEqual(['a', 'c']);
  expect(errors).toEqual([]);
});

test('A folder that vanishes meanwhile is one error, and nothing is said of what was in it', () => {
  const root = plant('f/a', 'f/b', 'f/c', 'g/a', 'h/a', 'z');
  const { paths, errors } = walk(root, {
    onFile(path) {
      if (path !== 'f/a') return;
      for (const folder of ['f', 'g']) rmSync(join(root, folder), { recursive: true });
    },
  });
  expect(paths).toEqual(['f/a', 'h/a', 'z']);
  expect(errors).toMatchObject([
    { code: 'UNREADABLE_FOLDER', kind: 'folder', relativePath: 'f' },
    { code: 'UNREADABLE_FOLDER', kind: 'folder', relativePath: 'g' },
  ]);
});

test('A folder that becomes a file meanwhile is one error', () => {
  const root = plant('f/a', 'f/b', 'f/c', 'z');
  const { paths, errors } = walk(root, {
    onFile(path) {
      if (path !== 'f/a') return;
      rmSync(join(root, 'f'), { recursive: true });
      writeFileSync(join(root, 'f'), '');
    },
  });
  expect(paths).toEqual(['f/a', 'z']);
  expect(errors).toMatchObject([{ code: 'UNREADABLE_FOLDER', kind: 'folder', relativePath: 'f' }]);
});

function makeDevice(path: string): boolean {
  try {
    execFileSync('mknod', [path, 'c', '1', '3'], { stdio: 'ignore' });
  } catch {
    return false; // Only root may, and not in every container.
  }
  return statSync(path).isCharacterDevice();
}
