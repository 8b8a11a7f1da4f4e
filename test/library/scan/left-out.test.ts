import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderSettledMs } from '../../../src/library/scan/walk/known-folders.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const litter = ['._a.jpg', '@eaDir/a.jpg/thumb.jpg', 'b/.Trash-1000/old.jpg', 'lost+found/x.jpg', '.stversions/a.jpg'];
const shortcut = { fullEveryMs: 3_600_000, settledMs: folderSettledMs };

describeOnEachDatabase('What is left out of a category', (open) => {
  async function openLibrary(files: string[], overrides = {}) {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, files);
    const configured = (more = {}) => categoryOf({ key: 'photos', rootPath: root, rootMarker: false, ...more });
    const library = await openScanLibrary(database, [configured(overrides)], { shortcut });
    await library.scan();
    return { root, library, configured };
  }

  it('is never catalogued, unless the category wants it', async () => {
    const { library, configured } = await openLibrary(['a.jpg', ...litter]);
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg']);
    library.configure([configured({ includesLitter: true })]);
    await library.scan();
    expect(await library.contents()).toHaveLength(1 + litter.length);
  });

  it('goes missing where it was catalogued before, is no reason to hold a scan, and comes back', async () => {
    const files = Array.from({ length: 30 }, (_, index) => `${index}.jpg`);
    const { root, library, configured } = await openLibrary([...files, ...files.map((name) => `._${name}`)], {
      includesLitter: true,
    });
    library.configure([configured()]);
    const dryRun = await library.scan({ dryRun: true });
    expect(dryRun.only).toMatchObject({
      missing: 30,
      notes: [expect.stringMatching(/^30 catalogued files are litter/)],
    });
    const { job, only } = await library.scan();
    expect([job.status, only.held, only.missing, only.unchanged]).toEqual(['SUCCEEDED', false, 30, 30]);
    expect(only.notes).toEqual([expect.stringMatching(/^30 catalogued files are litter/)]);
    expect((await readdir(root)).filter((name) => name.startsWith('._'))).toHaveLength(30);
    library.configure([configured({ includesLitter: true })]);
    expect((await library.scan()).only).toMatchObject({ added: 0, updated: 30, unchanged: 30, missing: 0 });
  });

  it('does not hide that other files are gone', async () => {
    const { root, library, configured } = await openLibrary(['a.jpg', ...litter], { includesLitter: true });
    library.configure([configured({ rootPath: join(root, 'gone') })]);
    await mkdir(join(root, 'gone'));
    // The folder may be the one below an unmounted disk.
    expect((await library.scan()).only).toMatchObject({
      missing: 0,
      notes: [expect.stringContaining('may not be mounted')],
    });
  });

  it('includes what the service keeps in the root, also where a link leads there', async () => {
    const { root, library } = await openLibrary(['a.jpg', 'data/proxy_image/a.jpg', 'data.jpg'], {
      ownPlaces: ['data', 'config/watch.yml'],
    });
    await mkdir(join(root, 'config'));
    await writeFile(join(root, 'config/watch.yml'), '');
    await writeFile(join(root, 'config/b.jpg'), '');
    await symlink('data/proxy_image', join(root, 'link'));
    await symlink('data/proxy_image/a.jpg', join(root, 'link.jpg'));
    await library.scan();
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg', 'AVAILABLE config/b.jpg', 'AVAILABLE data.jpg']);
    expect((await library.scan({ paths: ['photos/data'] })).only).toMatchObject({ added: 0, errors: [] });
  });
});
