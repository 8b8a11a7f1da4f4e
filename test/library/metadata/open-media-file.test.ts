import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkNotEmpty, openMediaFile } from '../../../src/library/metadata/open-media-file.ts';
import { listOpenFiles } from '../../support/list-open-files.ts';

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-media-file-'));
  root = join(folder, 'root');
  mkdirSync(root);
  writeFileSync(join(folder, 'secret.jpg'), 'secret');
});

afterEach(() => rmSync(folder, { recursive: true }));

function contentOf(path: string, rootPath = root): string {
  const { fd } = openMediaFile(path, rootPath);
  try {
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

it('opens a file below the root', () => {
  mkdirSync(join(root, '..name'));
  writeFileSync(join(root, '..name', 'a.jpg'), 'inside');
  const file = openMediaFile(join(root, '..name', 'a.jpg'), root);
  closeSync(file.fd);
  expect(file.sizeBytes).toBe(6);
});

it('takes a path that is not absolute from the root on', () => {
  writeFileSync(join(root, 'a.jpg'), 'inside');
  expect(contentOf('a.jpg')).toBe('inside');
  expect(() => openMediaFile('../secret.jpg', root)).toThrow(expect.objectContaining({ code: 'OUTSIDE_ROOT' }));
});

it('follows a link that stays below the root', () => {
  writeFileSync(join(root, 'a.jpg'), 'inside');
  symlinkSync('a.jpg', join(root, 'link.jpg'));
  expect(contentOf(join(root, 'link.jpg'))).toBe('inside');
});

it('opens files below a root that is itself a link', () => {
  writeFileSync(join(root, 'a.jpg'), 'inside');
  symlinkSync(root, join(folder, 'linked-root'));
  expect(contentOf(join(folder, 'linked-root', 'a.jpg'), join(folder, 'linked-root'))).toBe('inside');
});

it('refuses what lies outside the root, by a link to a file, to a folder, or by dots', () => {
  symlinkSync('../secret.jpg', join(root, 'file.jpg'));
  symlinkSync('..', join(root, 'up'));
  const refusal = expect.objectContaining({ code: 'OUTSIDE_ROOT' });
  expect(() => openMediaFile(join(root, 'file.jpg'), root)).toThrow(refusal);
  expect(() => openMediaFile(join(root, 'up', 'secret.jpg'), root)).toThrow(refusal);
  expect(() => openMediaFile(`${root}/../secret.jpg`, root)).toThrow(refusal);
});

it('refuses a sibling folder whose name begins like the root', () => {
  mkdirSync(join(folder, 'root-2'));
  writeFileSync(join(folder, 'root-2', 'a.jpg'), 'other');
  expect(() => openMediaFile(join(folder, 'root-2', 'a.jpg'), root)).toThrow(
    expect.objectContaining({ code: 'OUTSIDE_ROOT' }),
  );
});

it('opens no pipe, socket, device or folder, and waits for none', async () => {
  execFileSync('mkfifo', [join(root, 'pipe.mp4')]);
  const server = createServer().listen(join(root, 'socket.mp4'));
  await once(server, 'listening');
  try {
    const refusal = expect.objectContaining({ code: 'NOT_A_REGULAR_FILE' });
    expect(() => openMediaFile(join(root, 'pipe.mp4'), root)).toThrow(refusal);
    expect(() => openMediaFile(join(root, 'socket.mp4'), root)).toThrow(refusal);
    expect(() => openMediaFile('/dev/null', '/dev')).toThrow(refusal);
    expect(() => openMediaFile(root, root)).toThrow(refusal);
  } finally {
    server.close();
  }
});

it('says that a file is gone, and tells of an empty one that it is', () => {
  writeFileSync(join(root, 'empty.jpg'), '');
  expect(() => openMediaFile(join(root, 'gone.jpg'), root)).toThrow(
    expect.objectContaining({ code: 'MEDIA_FILE_GONE' }),
  );
  expect(() => openMediaFile(join(root, 'empty.jpg', 'x'), root)).toThrow(
    expect.objectContaining({ code: 'MEDIA_FILE_GONE' }),
  );
  const { fd, sizeBytes } = openMediaFile(join(root, 'empty.jpg'), root);
  closeSync(fd);
  expect(() => checkNotEmpty({ fd, sizeBytes })).toThrow(expect.objectContaining({ code: 'EMPTY_FILE' }));
});

it('tells no path in its messages', () => {
  symlinkSync('/etc', join(root, 'etc'));
  for (const name of [`${'x'.repeat(300)}.jpg`, 'gone', 'etc/passwd', '.']) {
    const message = expect.not.stringMatching(new RegExp(`${root}|etc`));
    expect(() => openMediaFile(join(root, name), root)).toThrow(expect.objectContaining({ message }));
  }
});

it.runIf(process.platform === 'linux')('leaves nothing open when it refuses', async () => {
  mkdirSync(join(root, 'folder'));
  expect(() => openMediaFile(join(root, 'folder'), root)).toThrow('only regular files are read');
  expect(await listOpenFiles(root)).toEqual([]);
});
