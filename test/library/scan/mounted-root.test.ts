import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { canMount, mountFilesystem } from '../../support/mount-filesystem.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const files = Array.from({ length: 1_500 }, (_, index) => `${index % 60}/${index}.jpg`);

async function openDisk(names: string[]): Promise<string> {
  const disk = await mountFilesystem('-o', 'size=64m');
  await writeFiles(disk, names);
  return disk;
}

describe.runIf(canMount).each([true, false])('A root that is a mounted disk, with a marker: %s', (rootMarker) => {
  async function openMounted() {
    const [disk, other] = [await openDisk(files), await openDisk(['other.jpg', 'another.jpg'])];
    const folder = await temporaryFolder();
    const root = join(folder, 'root');
    await mkdir(root);
    // Seen at another place as well, so that it keeps what it holds without the root.
    const mount = (place: string) => void execFileSync('mount', ['--bind', place, root]);
    // As a disk is taken out: whoever is at work on it holds what is open.
    const unmount = () => void execFileSync('umount', ['--lazy', root]);
    mount(disk);
    onTestFinished(() => unmount());
    const database = await openDatabase(`file:${join(folder, 'catalogue.db')}`);
    onTestFinished(() => database.close());
    const during = { walk: async () => undefined as void };
    const photos = categoryOf({ key: 'photos', rootPath: root, rootMarker });
    const library = await openScanLibrary(database, [photos], { onWalk: () => during.walk() });
    const items = () => database.prisma.mediaItem.findMany({ orderBy: { id: 'asc' } });
    await library.scan();
    return { disk, other, mount, unmount, library, items, during };
  }

  it('keeps its items while it is away, or another is in its place', async () => {
    const { disk, other, mount, unmount, library, items } = await openMounted();
    const before = await items();
    expect(before).toHaveLength(files.length);
    unmount();
    expect((await library.scan()).only).toMatchObject({ missing: 0, errors: [{ code: 'root_offline' }] });
    mount(other);
    expect((await library.scan()).only).toMatchObject({ added: 0, missing: 0, errors: [{ code: 'root_offline' }] });
    expect(await items()).toEqual(before);
    unmount();
    mount(disk);
    expect((await library.scan()).only).toMatchObject({ unchanged: files.length, missing: 0, errors: [] });
    expect(await items()).toEqual(before);
  });

  it.each([0, 5, 20])('loses nothing when it goes, or is swapped, %d ms into a scan', async (delayMs) => {
    const { disk, other, mount, unmount, library, items, during } = await openMounted();
    const before = await items();
    for (const next of [null, other]) {
      let isSwapped: Promise<void> | undefined;
      const swap = async () => {
        await setTimeout(delayMs);
        unmount();
        if (next !== null) mount(next);
      };
      during.walk = async () => {
        isSwapped = swap();
      };
      const { only } = await library.scan();
      await isSwapped;
      expect(only).toMatchObject({ added: 0, updated: 0, moved: 0, missing: 0 });
      expect(await items()).toEqual(before);
      if (next !== null) unmount();
      mount(disk);
      during.walk = async () => undefined;
      expect((await library.scan()).only).toMatchObject({ unchanged: files.length, missing: 0, errors: [] });
    }
  });
});
