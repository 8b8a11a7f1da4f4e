import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { chmod, link, mkdir, mkdtemp, realpath, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FileNotFoundOnDiskError,
  FileUnreadableError,
  NotARegularFileError,
  PathOutsideRootError,
} from '../../../src/base/files/file-errors.ts';
import { openInside } from '../../../src/base/files/open-inside.ts';
import { waitUntilNoneIsOpen } from '../../support/list-open-files.ts';

describe('openInside', () => {
  let folder: string;
  let root: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'open-inside-')));
    root = join(folder, 'root');
    await mkdir(join(root, 'films', 'old'), { recursive: true });
    await mkdir(join(folder, 'root-of-another'));
    await writeFile(join(root, 'films', 'a.mp4'), 'inside');
    await writeFile(join(folder, 'secret'), 'outside');
    await writeFile(join(folder, 'root-of-another', 'a.mp4'), 'outside');
  });
  afterEach(async () => {
    await waitUntilNoneIsOpen(folder);
    await rm(folder, { recursive: true });
  });

  async function readInside(relativePath: string, rootPath = root): Promise<string> {
    const { handle } = await openInside(rootPath, relativePath);
    try {
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  }

  const failureOf = (relativePath: string) => openInside(root, relativePath).catch((error: unknown) => error);

  it('gives the open file and its facts, with nanoseconds', async () => {
    const { handle, stats } = await openInside(root, 'films/a.mp4');
    expect(readlinkSync(`/proc/self/fd/${handle.fd}`)).toBe(join(root, 'films/a.mp4'));
    expect(stats).toMatchObject({ size: 6n, mtimeNs: (await handle.stat({ bigint: true })).mtimeNs });
    await handle.close();
  });

  it.each(['film: "ü" 日本.mp4', '..hidden', 'a..b', 'back\\slash', 'new\nline', ' (deleted)'])(
    'opens names that only look odd: %j',
    async (name) => {
      await writeFile(join(root, 'films', name), name);
      expect(await readInside(`films/${name}`)).toBe(name);
    },
  );

  it('follows symbolic links that stay inside, and a root that is one', async () => {
    await symlink('films/a.mp4', join(root, 'link'));
    await symlink(root, join(folder, 'linked-root'));
    expect(await readInside('link')).toBe('inside');
    expect(await readInside('films/a.mp4', join(folder, 'linked-root'))).toBe('inside');
    expect(await readInside('films/a.mp4', `${root}/`)).toBe('inside');
    expect(await readInside(`${root.slice(1)}/films/a.mp4`, '/')).toBe('inside');
  });

  it('opens a hard link, which is a file of the root like any other', async () => {
    await link(join(folder, 'secret'), join(root, 'hard'));
    expect(await readInside('hard')).toBe('outside');
  });

  it.each([
    ['..', '..'],
    ['a parent', '../secret'],
    ['a parent further on', 'films/../../secret'],
    ['a parent that stays inside', 'films/../films/a.mp4'],
    ['a sibling whose name begins alike', '../root-of-another/a.mp4'],
    ['an absolute path', '/etc/passwd'],
    ['a NUL', 'films/a.mp4\0.jpg'],
  ])('refuses %s by its text', async (_title, relativePath) => {
    await expect(openInside(root, relativePath)).rejects.toThrow(PathOutsideRootError);
  });

  it('refuses symbolic links that lead out, at any depth, whatever is there', async () => {
    await symlink('../secret', join(root, 'file'));
    await symlink(folder, join(root, 'parent'));
    await symlink('../root-of-another', join(root, 'sibling'));
    await symlink('parent', join(root, 'chain'));
    await symlink('/dev/null', join(root, 'device'));
    for (const path of ['file', 'parent/secret', 'sibling/a.mp4', 'chain/secret', 'parent', 'device']) {
      expect({ path, error: await failureOf(path) }).toEqual({ path, error: expect.any(PathOutsideRootError) });
    }
  });

  it('keeps the path and the root to itself', async () => {
    await symlink('../secret', join(root, 'file'));
    const error = await failureOf('file');
    expect((error as Error).message).not.toMatch(/secret|root-|tmp/);
  });

  it('does not find what is missing, behind a file, in a loop or too long to exist', async () => {
    await symlink('loop', join(root, 'loop'));
    await symlink('nowhere', join(root, 'broken'));
    for (const path of ['none.mp4', 'none/a.mp4', 'films/a.mp4/b', 'loop', 'broken', 'x'.repeat(300)]) {
      expect({ path, error: await failureOf(path) }).toEqual({ path, error: expect.any(FileNotFoundOnDiskError) });
    }
    await expect(openInside(join(folder, 'unmounted'), 'a.mp4')).rejects.toThrow(FileNotFoundOnDiskError);
  });

  it('refuses folders, the root itself, sockets and pipes, and does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer().listen(join(root, 'socket'));
    await once(server, 'listening');
    for (const path of ['films', 'films/', '', '.', 'pipe', 'socket']) {
      expect({ path, error: await failureOf(path) }).toEqual({ path, error: expect.any(NotARegularFileError) });
    }
    server.close();
  });

  it('says so when the file may not be read', async () => {
    await chmod(folder, 0o755);
    await chmod(join(root, 'films', 'a.mp4'), 0);
    await asNobody(async () => {
      const error = await failureOf('films/a.mp4');
      expect(error).toBeInstanceOf(FileUnreadableError);
      expect((error as Error).message).toContain('EACCES');
    });
  });

  it('never opens what is outside while folders and links are swapped under it', async () => {
    await writeFile(join(folder, 'root-of-another', 'b.mp4'), 'outside');
    await writeFile(join(root, 'films', 'old', 'b.mp4'), 'inside');
    const swap = new AbortController();
    const swapping = (async () => {
      const [current, aside] = [join(root, 'films', 'old'), join(root, 'aside')];
      while (!swap.signal.aborted) {
        await rename(current, aside);
        await symlink(join(folder, 'root-of-another'), current);
        await setImmediate();
        await unlink(current);
        await rename(aside, current);
        await setImmediate();
      }
    })();

    const seen = new Map<string, number>();
    for (let round = 0; round < 3000; round += 1) {
      const outcome = await readInside('films/old/b.mp4').catch((error: unknown) => (error as Error).name);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }
    swap.abort();
    await swapping;

    // The swaps were hit in each state, or nothing was tried.
    expect(seen.get('inside')).toBeGreaterThan(50);
    expect(seen.get('PathOutsideRootError')).toBeGreaterThan(50);
    expect([...seen.keys()].sort()).not.toContain('outside');
  });
});

/** Root may read everything, and continuous integration often is root. */
async function asNobody(act: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
