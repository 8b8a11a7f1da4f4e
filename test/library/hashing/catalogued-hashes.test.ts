import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256Of } from '../../support/legacy-library.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openHashLibrary } from './hash-library.ts';

const { signal } = new AbortController();

describeOnEachDatabase('The media item of a hashed path', (open) => {
  it('is that of the path that was asked for, where a link and its target are both catalogued', async () => {
    const database = await open();
    const folder = await realpath(await temporaryFolder());
    await mkdir(join(folder, 'photos'));
    // A link on either side of its target in the order of the paths.
    await symlink('m.jpg', join(folder, 'photos/a.jpg'));
    await symlink('m.jpg', join(folder, 'photos/z.jpg'));
    const library = await openHashLibrary(database, { folder });
    await library.addPhotos({ 'a.jpg': 'picture', 'm.jpg': 'picture', 'z.jpg': 'picture' });
    const items = await database.prisma.mediaItem.findMany({ select: { id: true, relativePath: true } });
    for (const { id, relativePath } of items) {
      const request = { pendingStatus: 'IGNORE', conflictStrategy: 'REPORT' } as const;
      const path = join(folder, 'photos', relativePath);
      expect(await library.hashing.calculate({ ...request, path }, signal)).toMatchObject({
        sha256: sha256Of('picture'),
        mediaId: id,
      });
      const hashed = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id }, select: { sha256: true } });
      expect(hashed.sha256).toBe(sha256Of('picture'));
    }
    expect(items).toHaveLength(3);
  });
});
