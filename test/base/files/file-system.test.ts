import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { fileSystemOf } from '../../../src/base/files/file-system.ts';

const statfs = vi.hoisted(() => vi.fn<(path: string) => Promise<unknown>>());
vi.mock('node:fs/promises', async (original) => ({ ...(await original<object>()), statfs }));

const blocks = { bavail: 3, bsize: 4096 };

it.runIf(process.platform === 'linux').each([
  [0x6969, 'network', 'NFS'],
  [-0xacb2be, 'network', 'CIFS'],
  [0x65735546, 'network', 'FUSE'],
  [0x01021994, 'memory', 'tmpfs'],
  [0x794c7630, 'container', 'overlayfs'],
  [0x2011bab0, 'fat', 'exFAT'],
  [0xef53, 'local', 'a local disk'],
])('knows the type %i as %s, %s', async (type, kind, name) => {
  statfs.mockResolvedValue({ type, ...blocks });
  expect(await fileSystemOf('/data')).toEqual({ kind, name, freeBytes: 3 * 4096 });
});

it('looks at what exists of a path, and gives up where that cannot be looked at', async () => {
  statfs.mockImplementation(async (path) => {
    if (path !== '/srv') throw Object.assign(new Error('no'), { code: path === '/secret' ? 'EACCES' : 'ENOENT' });
    return { type: 0xef53, ...blocks };
  });
  expect(await fileSystemOf(join('/srv', 'a', 'b'))).toMatchObject({ kind: 'local' });
  await expect(fileSystemOf('/secret/a')).rejects.toThrow('no');
});
