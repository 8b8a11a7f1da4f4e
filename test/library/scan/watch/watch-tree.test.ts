import { appendFileSync } from 'node:fs';
import { appendFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ChangedPlace } from '../../../../src/library/scan/watch/root-listener.ts';
import { watchTree } from '../../../../src/library/scan/watch/watch-tree.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporary-folder.ts';

async function openTree(
  files: string[],
  prepare = async (_root: string) => {},
  isLeftOut?: (place: string) => boolean,
) {
  const folder = await temporaryFolder();
  const root = join(folder, 'root');
  await writeFiles(root, files);
  await prepare(root);
  const heard = new Map<string, boolean>();
  const onGap = vi.fn<(error: Error) => void>();
  const onPlaces = (places: readonly ChangedPlace[]) =>
    places.forEach(({ place, mayBeFolder }) => heard.set(place, mayBeFolder));
  const watch = await watchTree(root, { onPlaces, onGap }, isLeftOut);
  onTestFinished(() => watch.close());
  const earlier = new Set<string>();
  /** What is heard of from now on, until all of it was; a second event of an earlier step may still be on its way. */
  async function hears(expected: Record<string, boolean>, change: () => Promise<unknown>) {
    for (const place of heard.keys()) earlier.add(place);
    heard.clear();
    await change();
    const isNew = ([place]: [string, boolean]) => place in expected || !earlier.has(place);
    await vi.waitFor(() => expect(Object.fromEntries([...heard].filter(isNew))).toEqual(expected), { timeout: 60_000 });
  }
  return { folder, root, hears, heard, onGap, watch };
}

describe.runIf(process.platform === 'linux')('A watched tree', () => {
  it('hears of files in folders below a folder that was renamed, under their new path', async () => {
    const { root, hears, onGap } = await openTree(['a/sub/deep/x.jpg']);
    await hears({ a: true, b: true }, () => rename(join(root, 'a'), join(root, 'b')));
    await hears({ 'b/sub/deep/y.jpg': false }, () => writeFile(join(root, 'b/sub/deep/y.jpg'), ''));
    await hears({ 'b/sub': true, 'b/other': true }, () => rename(join(root, 'b/sub'), join(root, 'b/other')));
    await hears({ 'b/other/deep/y.jpg': false }, () => appendFile(join(root, 'b/other/deep/y.jpg'), 'more'));
    expect(onGap).not.toHaveBeenCalled();
  });

  it('hears of files in folders below one that was moved in or made at once, and of none that was moved out', async () => {
    const { folder, root, hears, heard } = await openTree(['a.jpg']);
    await writeFiles(folder, ['elsewhere/tree/deep/x.jpg']);
    await hears({ tree: true }, () => rename(join(folder, 'elsewhere/tree'), join(root, 'tree')));
    await hears({ 'tree/deep/y.jpg': false }, () => writeFile(join(root, 'tree/deep/y.jpg'), ''));
    await mkdir(join(root, 'p/q/r'), { recursive: true });
    await expect.poll(() => heard.get('p')).toBe(true);
    // When the watch of a folder below begins is chance. What appears before is in a folder that is reported; what follows
    // is heard of by its name, and after all that came before it.
    await expect
      .poll(async () => {
        await writeFile(join(root, 'p/q/r/z.jpg'), '');
        return heard.get('p/q/r/z.jpg');
      })
      .toBe(false);
    await writeFile(join(root, 'p/q/r/y.jpg'), '');
    await expect.poll(() => heard.get('p/q/r/y.jpg')).toBe(false);
    const { 'p/q': inner = true, 'p/q/r': innermost = true, ...others } = Object.fromEntries(heard);
    expect({ inner, innermost, others }).toEqual({
      inner: true,
      innermost: true,
      others: { 'tree/deep/y.jpg': false, p: true, 'p/q/r/z.jpg': false, 'p/q/r/y.jpg': false },
    });
    await hears({ tree: true }, () => rename(join(root, 'tree'), join(folder, 'out')));
    await writeFiles(folder, ['out/deep/w.jpg']);
    await hears({ 'a.jpg': false }, () => rm(join(root, 'a.jpg')));
    await hears({ p: true, 'p/q': true, 'p/q/r': true, 'p/q/r/y.jpg': false, 'p/q/r/z.jpg': false }, () =>
      rm(join(root, 'p'), { recursive: true }),
    );
  });

  it('hears nothing of what happens in a folder that is left out', async () => {
    const { root, hears, onGap } = await openTree(['data/x.jpg', 'a/b.jpg'], undefined, (place) => place === 'data');
    await hears({ 'a/c.jpg': false }, async () => {
      await writeFiles(root, ['data/y.jpg', 'data/deep/z.jpg', 'a/c.jpg']);
    });
    expect(onGap).not.toHaveBeenCalled();
  });

  it('tells a link, which may lead to a folder, from a file, also when it is gone', async () => {
    const { folder, root, hears, onGap } = await openTree(['a.jpg'], (root) =>
      symlink('../elsewhere', join(root, 'early')),
    );
    await writeFiles(folder, ['elsewhere/x.jpg']);
    await hears({ link: true }, () => symlink('../elsewhere', join(root, 'link')));
    await hears({ link: true }, () => rm(join(root, 'link')));
    await hears({ early: true }, () => rm(join(root, 'early')));
    await hears({ 'a.jpg': false }, () => rm(join(root, 'a.jpg')));
    expect(onGap).not.toHaveBeenCalled();
  });

  it('says that events may be lost where many come at once, and hears of all folders afterwards', async () => {
    const { root, hears, onGap } = await openTree(['a.jpg', 'b.jpg']);
    // The thread that hears is kept busy, and two files in turn are not told as one.
    for (let event = 0; event < 10_000; event++) appendFileSync(join(root, event % 2 === 0 ? 'a.jpg' : 'b.jpg'), '.');
    await mkdir(join(root, '7/in'), { recursive: true });
    await vi.waitFor(() => expect(onGap).toHaveBeenCalled(), { timeout: 60_000 });
    await hears({ '7/in/new.jpg': false }, () => writeFile(join(root, '7/in/new.jpg'), ''));
  });

  it('hears nothing when it is closed, and throws for a folder that is not there', async () => {
    const { root, heard, watch } = await openTree(['a/b.jpg']);
    await watch.close();
    heard.clear();
    await writeFiles(root, ['a/c.jpg']);
    await rename(join(root, 'a'), join(root, 'd'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard.size).toBe(0);
    await expect(watchTree(join(root, 'nothing'), { onPlaces() {}, onGap() {} })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
