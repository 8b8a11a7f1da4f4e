import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const sources = fileURLToPath(new URL('../../../src', import.meta.url));

/** Who opens files by path, and why that is safe. Everything else goes through `files/`. */
const openers: Record<string, string> = {
  'base/bus/data-folder-token.ts': 'a note in the data folder',
  'base/files/open-inside.ts': 'the one place that opens files for reading, and proves that they lie inside their root',
  'base/files/unfinished.ts': 'the names in the data folder of what was left unfinished',
  'base/files/stream-to-file.ts': 'new files, of those below who ask it to',
  'base/files/open-folder-inside.ts': 'the one place that opens folders',
  'library/backup/add-proxies.ts': 'files in the data folder, of which links or copies are kept',
  'library/backup/archive-writer.ts': 'what was linked or copied into the folder of the backup',
  'library/backup/compare-manifests.ts': 'two files in the folder of the restore',
  'library/backup/keep-pictures.ts': 'files in the data folder, of which links or copies are kept',
  'library/backup/restore.ts': 'the archive and the configuration, which the operator names, and the data folder',
  'library/backup/unpack-archive.ts': 'the archive, which the operator names, and new files beside the data folder',
  'commands/write-demo-library.ts': 'the films that come with the service',
  'base/config/load-media-config.ts': 'the configuration, which the operator names',
  'library/copyparty/copyparty-target.ts': 'an upload in the data folder, under a name that was made up here',
  'base/pictures/magick-decoder.ts': 'the program of the decoder, from its package',
  'base/database/migrate.ts': 'the migrations that come with the service',
  'base/database/replacement.ts': 'the journal of a restore, beside the database',
  'base/database/sqlite/snapshot-sqlite.ts': 'a copy of the database that was just made, to flush it',
  'base/files/sync-folder.ts': 'a folder, to flush it',
  'service/graphql/persisted/read-manifest.ts': 'the manifest, which the operator names',
  'service/page.ts': 'the page that comes with the service',
  'web/vite.config.ts': 'what the build of the page has just written',
  'base/database/sqlite/sqlite-flush.ts': 'the log of the database, to flush it',
  'library/delivery/posters/picture-cache.ts':
    'the cache in the data folder; what is read must have the hash in its name',
  'library/delivery/posters/load-cache-entries.ts': 'the names in that cache',
  'service/http/uploads/abandoned-parts.ts': 'the names in the data folder for uploads',
  'service/http/uploads/finished-uploads.ts': 'notes in the data folder, under the ID of an upload and nothing else',
  'library/ingest/copy-beside.ts': 'a new file, never one that is there; an upload in the data folder',
  'library/ingest/upload-notes.ts': 'notes in the data folder for uploads, under names that were made up here',
  'library/ingest/link-exclusively.ts': 'a new file, never one that is there',
  'library/ingest/receive-upload.ts': 'a new file in the data folder',
  'library/legacy/copy-legacy-database.ts': '/proc/locks',
  'library/legacy/write-shadow-files.ts': 'a new file, in a folder that is held open',
  'library/model-records/image-store.ts': 'copies in the data folder of files that are open',
  'library/model-records/make-tiers.task.ts': 'a new file in the data folder',
  'library/model-records/model-image-uploads.ts': 'a new file in the data folder',
  'library/image-proxies/fetch-source.ts': 'a new file in the data folder',
  'library/image-proxies/proxy-files.ts': 'the folder of the proxies, to list it, and new files there, to flush them',
  'base/files/append-missing-lines.ts': 'the deletions log, which the operator names',
  'library/scan/walk/list-folder.ts': 'names alone, which are opened by nobody but openInside',
  'library/scan/watch/watch-tree.ts': 'names alone, of folders to watch',
  'library/scan/watch/count-watched-folders.ts': 'names alone, of folders to watch',
  'commands/find-watch-risk.ts': 'a limit of the kernel, in /proc',
  'base/films/run-ffmpeg.ts': 'how many bytes the program has read, in /proc',
  'library/delivery/film-parts.ts': 'a new file in the data folder, never one that is there',
};

const opening =
  /^(?:open|opendir|readdir|readFile|readv|createReadStream|createWriteStream|openAsBlob|cp|copyFile)(?:Sync)?$/;

it('nobody opens a file but by openInside, and those who have a reason', async () => {
  const found = await filesThat(
    (text) =>
      namesFromFs(text).some((name) => opening.test(name) || name === '*') || text.includes('/stream-to-file.ts'),
  );
  expect(found).toEqual(Object.keys(openers).sort());
});

it('no library is given the path of a file but by those who have a reason', async () => {
  const byPath = /\b(?:fileTypeFromFile|parseFile)\(|\bnew SqliteDatabase\(/;
  // All of them are in the data folder: the catalogue, its lock, private copies, uploads on their way.
  expect(await filesThat((text) => byPath.test(text))).toEqual([
    'base/database/sqlite/file-lock.ts',
    'base/database/sqlite/snapshot-sqlite.ts',
    'base/database/sqlite/sqlite-connection.ts',
    'library/ingest/check-media-type.ts',
    'library/legacy/check-legacy-copy.task.ts',
    'library/legacy/read-legacy-page.task.ts',
  ]);
});

it('sharp is loaded in one place, which restricts it', async () => {
  expect(await filesThat((text) => /(?:from|import\(|require\() ?['"]sharp['"]/.test(text))).toEqual([
    'base/pictures/sharp.ts',
  ]);
});

async function filesThat(isMeant: (text: string) => boolean): Promise<string[]> {
  const names = await readdir(sources, { recursive: true });
  const found: string[] = [];
  for (const name of names) {
    if (!name.endsWith('.ts') || /^(?:commands|base\/database)\/generated\//.test(name)) continue;
    if (isMeant(await readFile(join(sources, name), 'utf8'))) found.push(name);
  }
  return found.sort();
}

/** What a file takes from `fs`, in any of its forms; `*` for all of it. */
function namesFromFs(text: string): string[] {
  const modules = `['"](?:node:)?fs(?:/promises)?['"]`;
  const imports = text.matchAll(new RegExp(`(?:import|export)\\s+(type\\s+)?([^;'"]*?)\\s+from\\s+${modules}`, 'g'));
  const names = Array.from(imports).flatMap(([, isType, clause = '']) => {
    if (isType) return [];
    const braces = /\{([^}]*)\}/.exec(clause)?.[1];
    if (braces === undefined) return ['*'];
    const listed = braces.split(',').map((name) => name.trim().split(/\s+as\s+/)[0] ?? '');
    return clause.replace(/\{[^}]*\}/, '').trim() === '' ? listed : ['*', ...listed];
  });
  return new RegExp(`(?:import|require|getBuiltinModule)\\(\\s*${modules}`).test(text) ? ['*', ...names] : names;
}
