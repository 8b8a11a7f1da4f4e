import { appendFile, cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWatch } from '../../../../src/library/scan/watch/watch.ts';
import { categoryOf } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';
import { openScanLibrary } from '../../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporary-folder.ts';

const usualQuietMs = 400;

describeOnEachDatabase('A watched root', (open) => {
  async function openWatched(files: string[], { quietMs = usualQuietMs } = {}) {
    const database = await open();
    const folder = await temporaryFolder();
    const root = join(folder, 'root');
    await mkdir(root);
    await writeFiles(root, files);
    const photos = categoryOf({ key: 'photos', rootPath: root, includePatterns: ['**/*.jpg'] });
    const library = await openScanLibrary(database, [photos]);
    await library.scan();
    await library.probe();
    const log = { info() {}, warn() {}, error: vi.fn<() => void>() };
    const mediaConfig = {
      current: () => ({ categories: [photos] }) as never,
      findCategory: () => photos,
      onChange: () => () => {},
    };
    const { scanner, jobs } = library;
    const watch = createWatch({ mediaConfig, scanner, jobs, log, quietMs, pollMs: 60_000, recheckMs: 300 });
    onTestFinished(() => watch.close());
    await watch.start();
    const settles = (expected: string[]) =>
      vi.waitFor(async () => expect(await library.contents()).toEqual(expected), { timeout: 60_000, interval: 100 });
    await settles(files.filter((file) => file.endsWith('.jpg')).map((file) => `AVAILABLE ${file}`));
    return { database, folder, root, library, settles, log };
  }

  it('is scanned where something was added, changed, moved or removed', async () => {
    const { database, root, settles, log } = await openWatched(['a.jpg', 'b/c.jpg']);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'c.jpg' } });
    await setTimeout(usualQuietMs * 2);
    await writeFiles(root, ['new/deep/d.jpg', 'note.txt']);
    await settles(['AVAILABLE a.jpg', 'AVAILABLE b/c.jpg', 'AVAILABLE new/deep/d.jpg']);
    await rename(join(root, 'b'), join(root, 'moved'));
    await settles(['AVAILABLE a.jpg', 'AVAILABLE moved/c.jpg', 'AVAILABLE new/deep/d.jpg']);
    expect(await database.prisma.mediaItem.findUnique({ where: { id } })).toMatchObject({
      relativePath: 'moved/c.jpg',
    });
    await rm(join(root, 'new'), { recursive: true });
    await settles(['AVAILABLE a.jpg', 'AVAILABLE moved/c.jpg', 'MISSING new/deep/d.jpg']);
    expect(log.error).not.toHaveBeenCalled();
  });

  it('is heard of deep below folders that were renamed or moved in', async () => {
    const { folder, root, settles, log } = await openWatched(['a/sub/x.jpg']);
    await setTimeout(usualQuietMs * 2);
    await rename(join(root, 'a'), join(root, 'b'));
    await writeFiles(folder, ['tree/deep/y.jpg']);
    await rename(join(folder, 'tree'), join(root, 'tree'));
    await settles(['AVAILABLE b/sub/x.jpg', 'AVAILABLE tree/deep/y.jpg']);
    await writeFiles(root, ['b/sub/later.jpg', 'tree/deep/later.jpg']);
    await settles([
      'AVAILABLE b/sub/later.jpg',
      'AVAILABLE b/sub/x.jpg',
      'AVAILABLE tree/deep/later.jpg',
      'AVAILABLE tree/deep/y.jpg',
    ]);
    expect(log.error).not.toHaveBeenCalled();
  });

  it('is not scanned for files that its patterns leave out', async () => {
    const { database, root, settles } = await openWatched(['a.jpg', 'gone.txt']);
    await setTimeout(usualQuietMs * 3);
    const scans = await database.prisma.job.count();
    await writeFiles(root, ['b.txt', 'sub.tmp']);
    await rm(join(root, 'gone.txt'));
    await setTimeout(usualQuietMs * 4);
    expect(await database.prisma.job.count()).toBe(scans);
    await writeFiles(root, ['b.jpg']);
    await settles(['AVAILABLE a.jpg', 'AVAILABLE b.jpg']);
  });

  it('has all of a large folder that was copied into it', async () => {
    const { folder, root, library, log } = await openWatched(['a.jpg']);
    const names = Array.from({ length: 600 }, (_, file) => `${file % 12}/${file}.jpg`);
    await writeFiles(join(folder, 'large'), names);
    await cp(join(folder, 'large'), join(root, 'large'), { recursive: true });
    await vi.waitFor(async () => expect(await library.contents()).toHaveLength(601), {
      timeout: 60_000,
      interval: 200,
    });
    expect(new Set((await library.contents()).map((line) => line.split(' ')[0]))).toEqual(new Set(['AVAILABLE']));
    expect(log.error).not.toHaveBeenCalled();
  });

  it('leaves a file alone that is still being copied', async () => {
    // So long that a busy machine appends in time.
    const quietMs = 1_200;
    const { database, root, settles } = await openWatched(['a.jpg'], { quietMs });
    const path = join(root, 'growing.jpg');
    await writeFile(path, 'first');
    for (let part = 0; part < 15; part++) {
      await appendFile(path, 'more');
      await setTimeout(quietMs / 8);
      expect(await database.prisma.mediaItem.count()).toBe(1);
    }
    await settles(['AVAILABLE a.jpg', 'AVAILABLE growing.jpg']);
    const item = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'growing.jpg' } });
    expect(item.sizeBytes).toBe(65n);
  });

  it('is watched again when it was removed and made anew', async () => {
    const { root, settles, log } = await openWatched(['a.jpg', 'sub/b.jpg']);
    await rm(root, { recursive: true });
    await mkdir(root);
    await writeFiles(root, ['a.jpg']);
    await setTimeout(1000);
    await writeFiles(root, ['after.jpg', 'sub/later.jpg']);
    await settles(['AVAILABLE a.jpg', 'AVAILABLE after.jpg', 'MISSING sub/b.jpg', 'AVAILABLE sub/later.jpg']);
    expect(log.error).not.toHaveBeenCalled();
  });

  it('is watched again when its disk comes back', async () => {
    const { root, settles, log } = await openWatched(['a.jpg', 'b.jpg']);
    await rename(root, `${root}-away`);
    await setTimeout(1000);
    await writeFiles(`${root}-away`, ['while-away.jpg']);
    await rename(`${root}-away`, root);
    await settles(['AVAILABLE a.jpg', 'AVAILABLE b.jpg', 'AVAILABLE while-away.jpg']);
    await setTimeout(1000);
    await writeFiles(root, ['after.jpg']);
    await settles(['AVAILABLE a.jpg', 'AVAILABLE after.jpg', 'AVAILABLE b.jpg', 'AVAILABLE while-away.jpg']);
    expect(log.error).not.toHaveBeenCalled();
  });
});
