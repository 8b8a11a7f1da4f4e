import { constants } from 'node:fs';
import { copyFile, link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolders } from '../../base/config/data-folders.ts';
import type { SqliteConnection } from '../../base/database/sqlite/sqlite-connection.ts';
import { readProxyFiles } from './sql/stored-pictures.ts';
import { hashInside } from '../../base/files/hash-inside.ts';
import type { ArchiveWriter } from './archive-writer.ts';

interface ProxyFolders {
  dataDir: string;
  workFolder: string;
}

/**
 * Adds the files of the image proxies. One that was replaced or removed since the copy of the database is left out, as it
 * is made anew.
 */
export async function addProxies(
  archive: ArchiveWriter,
  snapshot: SqliteConnection,
  { dataDir, workFolder }: ProxyFolders,
): Promise<void> {
  const kept = join(workFolder, dataFolders.proxies);
  await mkdir(kept);
  for (const { filename, sha256 } of readProxyFiles(snapshot)) {
    const path = join(dataDir, dataFolders.proxies, filename);
    const keptPath = join(kept, filename);
    try {
      await link(path, keptPath).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'EEXIST') throw error;
        return copyFile(path, keptPath, constants.COPYFILE_EXCL); // the filesystem has no links
      });
    } catch (error) {
      // It is gone, or another row has the same file.
      if (['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) continue;
      throw error;
    }
    if ((await hashInside(kept, filename)).sha256 !== sha256) continue;
    await archive.addFile(`${dataFolders.proxies}/${filename}`, keptPath);
  }
}
