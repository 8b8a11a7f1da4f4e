import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../../../src/library/companions/fold-name.ts';
import { createFolderNames } from '../../../../src/library/delivery/posters/folder-names.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('the names in a folder', () => {
  it('are found in any case and however their accents are composed', async () => {
    const folder = await temporaryFolder();
    const decomposed = 'Ame\u0301lie.JPG';
    await writeFile(join(folder, decomposed), '');
    const names = await createFolderNames()({ rootPath: folder, relativePath: '.' });
    expect(names.get(foldName('am\u00e9lie.jpg'))).toBe(decomposed);
  });

  it('that differ in case alone are one, the same one each time', async () => {
    const folder = await temporaryFolder();
    for (const name of ['cover.jpg', 'COVER.jpg', 'Cover.jpg']) await writeFile(join(folder, name), '');
    expect([...(await createFolderNames()({ rootPath: folder, relativePath: '.' }))]).toEqual([
      ['cover.jpg', 'COVER.jpg'],
    ]);
  });

  it('are read once as long as the folder does not change, and again when it does', async () => {
    const folder = await temporaryFolder();
    const listNames = createFolderNames();
    const list = () => listNames({ rootPath: folder, relativePath: '.' });
    const [first, second] = await Promise.all([list(), list()]);
    expect(second).toBe(first);
    await setTimeout(20); // longer than a tick of the filesystem's clock
    await writeFile(join(folder, 'new.jpg'), '');
    expect((await list()).has('new.jpg')).toBe(true);
  });

  it('are none where there is no folder', async () => {
    expect((await createFolderNames()({ rootPath: await temporaryFolder(), relativePath: 'none' })).size).toBe(0);
  });
});
