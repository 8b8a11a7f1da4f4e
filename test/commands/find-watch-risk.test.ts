import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findWatchRisk } from '../../src/commands/find-watch-risk.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const on = { watch: { quietMs: 1, pollMs: 1 } };

/** A root with five folders that are watched, itself among them; litter, links and files are not. */
async function rootOfFive(): Promise<string> {
  const root = await temporaryFolder();
  await writeFiles(root, ['a/one.mp4', 'a/b/two.mp4', 'c/d/three.mp4', '@eaDir/x/y.jpg', 'own/cache/z.webp']);
  await symlink('a', join(root, 'link'));
  return root;
}

async function find(limit: number | null, settings: Parameters<typeof findWatchRisk>[0]['settings'] = on) {
  const rootPath = await rootOfFive();
  // The third has all that the second has, and is reached by a link.
  const linked = join(await temporaryFolder(), 'linked');
  await symlink(join(rootPath, 'a'), linked);
  const categories = [
    { rootPath: '/not/there' },
    { rootPath, ownPlaces: ['own'] },
    { rootPath: linked },
    { rootPath, ownPlaces: ['own'] },
  ];
  return findWatchRisk({ settings, categories, readLimit: async () => limit });
}

it('warns where the system lets fewer folders be watched than the roots have', async () => {
  expect(await find(4)).toEqual([expect.stringMatching(/lets a user watch 4 of them.*max_user_watches = 1048576"/)]);
});

it('finds nothing where they fit, where nothing is watched, and where there is no limit', async () => {
  expect([await find(5), await find(4, { watch: null }), await find(null)]).toEqual([[], [], []]);
});
