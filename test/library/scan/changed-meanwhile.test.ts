import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { moveToShelf } from '../../../src/library/catalogue/sql/move-to-shelf.ts';
import type { MediaStatus } from '../../../src/library/catalogue/sql/shelves.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

describeOnEachDatabase('What others change while a scan looks at the disk', (open) => {
  /** `meanwhile` happens once, after the next walk. */
  async function openPhotos() {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, ['old/a.jpg', 'keep.jpg']);
    let looks = 0;
    let act: (() => Promise<unknown>) | undefined;
    const library = await openScanLibrary(database, [categoryOf({ key: 'photos', rootPath: root })], {
      shortcut: { fullEveryMs: 3_600_000, settledMs: 0 },
      onRecognised: async () => void (++looks === 2 && (await act?.())),
    });
    await library.scan();
    await library.probe();
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'a.jpg' } });
    const meanwhile = (next: () => Promise<unknown>) => ([looks, act] = [0, next]);
    return { database, root, library, id, meanwhile, put: putter(database, id) };
  }

  it('leaves an item deleted whose file was changed', async () => {
    const { root, library, meanwhile, put } = await openPhotos();
    await writeFile(join(root, 'old/a.jpg'), 'other bytes');
    meanwhile(() => put('DELETED'));
    await library.scan({ full: true });
    expect(await library.contents()).toEqual(['AVAILABLE keep.jpg', 'DELETED old/a.jpg']);
  });

  it('counts no move that was not made, and looks at its folders again', async () => {
    const { root, library, meanwhile, put } = await openPhotos();
    await rename(join(root, 'old'), join(root, 'new'));
    meanwhile(() => put('DELETED'));
    const { only } = await library.scan();
    expect(only).toMatchObject({ moved: 0, added: 0, missing: 0 });
    expect(only.notes).toContainEqual(expect.stringMatching(/^1 item changed meanwhile and was not moved/));
    expect((await library.scan()).only).toMatchObject({ added: 1 });
    expect(await library.contents()).toEqual(['AVAILABLE keep.jpg', 'AVAILABLE new/a.jpg', 'DELETED old/a.jpg']);
  });
});

function putter(database: Database, id: number) {
  return (status: MediaStatus) => moveToShelf(database, id, status, new Date());
}
