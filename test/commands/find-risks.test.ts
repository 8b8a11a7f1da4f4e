import { expect, it } from 'vitest';
import type { FileSystem } from '../../src/base/files/file-system.ts';
import { findRisks } from '../../src/commands/find-risks.ts';

const local: FileSystem = { kind: 'local', name: 'a local disk', freeBytes: 1e12 };
const settings = {
  dataDir: '/data',
  logDir: '/logs',
  databaseUrl: 'file:/db/catalogue.db',
  scanShortcut: null,
};
const config = { categories: [{ key: 'films', rootPath: '/media' } as never] };

type Overrides = Partial<Parameters<typeof findRisks>[0]>;

/** What is found where these paths lie on file systems other than local disks. */
function find(fileSystems: Record<string, Partial<FileSystem>>, overrides: Overrides = {}): Promise<string[]> {
  const describeFileSystem = async (path: string) => ({ ...local, ...fileSystems[path] });
  return findRisks({
    settings,
    config,
    database: null,
    describeFileSystem,
    ...overrides,
  });
}

it('finds nothing where everything lies on local disks', async () => {
  expect(await find({})).toEqual([]);
});

it.each<[string, Partial<FileSystem>, RegExp]>([
  ['/db', { kind: 'network', name: 'NFS' }, /^The database, \/db\/catalogue.db, lies on NFS: locks .* PostgreSQL\.$/],
  ['/db', { kind: 'fat', name: 'exFAT' }, /^The database, .*, lies on exFAT, which a power cut may damage/],
  ['/data', { kind: 'memory', name: 'tmpfs' }, /^DATA_DIR, \/data, lies on tmpfs: .* gone when the machine/],
  ['/data', { kind: 'container', name: 'overlayfs' }, /^DATA_DIR, .* gone with the container/],
  ['/data', { kind: 'network', name: 'SMB' }, /^DATA_DIR, .* A local disk is faster/],
  ['/data', { freeBytes: 1000 }, /^DATA_DIR, \/data, has 1000 Bytes left/],
  ['/logs', { kind: 'memory', name: 'tmpfs' }, /^LOG_DIR, \/logs, lies on tmpfs/],
  [
    '/media',
    { kind: 'network', name: 'NFS' },
    /^A scan asks for every file of films over the network: .*SCAN_SHORTCUT=on/,
  ],
])('warns where %s lies on %j', async (path, fileSystem, expected) => {
  expect(await find({ [path]: fileSystem })).toEqual([expect.stringMatching(expected)]);
});

it('does not mind a network share for PostgreSQL, nor one that is passed by where nothing changed', async () => {
  const network = { kind: 'network', name: 'NFS' } as const;
  const shortcut = { ...settings, scanShortcut: { fullEveryMs: 1 }, databaseUrl: 'postgresql://localhost/x' };
  expect(await find({ '/db': network, '/media': network, '/logs': network }, { settings: shortcut })).toEqual([]);
});

it('warns of a PostgreSQL that forgets what it confirmed', async () => {
  const database = { provider: 'postgresql', read: async () => [{ name: 'fsync', setting: 'off' }] } as const;
  expect(await find({}, { database })).toEqual([
    expect.stringMatching(/^PostgreSQL runs with fsync = off: a power cut/),
  ]);
});

it('takes what cannot be looked at for no risk', async () => {
  expect(await find({}, { describeFileSystem: () => Promise.reject(new Error('EACCES')) })).toEqual([]);
});
