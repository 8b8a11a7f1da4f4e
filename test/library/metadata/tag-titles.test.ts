import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { storeItems } from '../../../src/library/catalogue/sql/store-items.ts';
import { titleKeyOf } from '../../../src/library/metadata/sort-keys.ts';
import { updateMedia } from '../../../src/library/catalogue/update-media.ts';
import { moveItems } from '../../../src/library/scan/sql/move-items.ts';
import { createFileDescriber } from '../../../src/library/metadata/describe-file.ts';
import type { ProbeInput } from '../../../src/library/metadata/probe-files.task.ts';
import { createProber } from '../../../src/library/metadata/prober.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const music = categoryOf({ key: 'music', mediaType: 'AUDIO' });
const file = { relativePath: 'Ella/03_Moon.mp3', sizeBytes: 1000, modifiedAtMs: 1_700_000_000_000 };

/** Has every file read anew; each has that title in its tags. */
async function readTags(database: Database, title: string | undefined, category = music): Promise<void> {
  await database.prisma.mediaItem.updateMany({ data: { probedAt: null } });
  const settled = { capture: null, facts: { music: { ...(title !== undefined && { title }), hasLyrics: false } } };
  const prober = createProber({
    database,
    mediaConfig: { findCategory: () => category },
    roots: { recogniseOften: async () => ({ state: 'ONLINE', isCertain: true }) },
    pool: {
      threads: 2,
      run: async (_name: 'probeFiles', { files }: ProbeInput) =>
        files.map(({ id }) => ({
          id,
          ok: true as const,
          width: null,
          height: null,
          durationSeconds: 1,
          technical: {
            kind: 'stream' as const,
            container: 'x',
            bitRate: 1,
            video: [],
            audio: [],
            subtitles: [],
            notes: [],
          },
          settled,
        })),
    },
    log: { error() {}, debug() {} },
    fingerprints: false,
    maxPixels: 1,
  });
  await prober.drain();
  await prober.close();
}

async function shown({ prisma }: Database) {
  const { title, titleKey, searchText } = await prisma.mediaItem.findFirstOrThrow();
  return [title, titleKey, searchText];
}

const byTag = ['Blue Möon', titleKeyOf('Blue Möon'), 'blue moon\nella/03_moon.mp3'];
const byName = ['03 Moon', titleKeyOf('03 Moon'), '03 moon\nella/03_moon.mp3'];

describeOnEachDatabase('A title in the tags of music', (open) => {
  it('goes before that of the name, is not undone by a scan, and goes when the tag goes', async () => {
    const database = await open();
    await catalogueFiles(database, music, [file]);
    expect(await shown(database)).toEqual(byName);
    await readTags(database, 'Blue Möon');
    expect(await shown(database)).toEqual(byTag);
    // A scan that finds the file changed describes it by its name.
    await storeItems(database, music, [createFileDescriber(music)({ ...file, signature: 'changed' })], new Date());
    expect(await shown(database)).toEqual(byTag);
    await readTags(database, undefined);
    expect(await shown(database)).toEqual(byName);
  });

  it('stays behind that of a person, and comes back when the person takes it away', async () => {
    const database = await open();
    await catalogueFiles(database, music, [file]);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    const categories = { findCategory: () => music };
    await updateMedia(database, categories, id, { title: 'Ours', description: 'Über uns' });
    await readTags(database, 'Blue Möon');
    expect(await shown(database)).toEqual(['Ours', 'ours', 'ours\nuber uns\nella/03_moon.mp3']);
    await updateMedia(database, categories, id, { title: null, description: null });
    expect(await shown(database)).toEqual(byTag);
  });

  it('moves with its file, and a date in the new name has the headers read again', async () => {
    const database = await open();
    await catalogueFiles(database, music, [file]);
    await readTags(database, 'Blue Möon');
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    const move = async (from: string, relativePath: string) => {
      const moved = createFileDescriber(music)({ ...file, relativePath, signature: 'a' });
      const keys = { oldPathKey: from.toLowerCase(), pathKey: relativePath.toLowerCase() };
      const rename = {
        id,
        ...keys,
        relativePath,
        signature: 'a',
        hierarchy: null,
        fingerprint: null,
        searchText: null,
      };
      await moveItems(database, music, [{ ...rename, keepsTime: true, file: moved }], new Date());
      return (await database.prisma.mediaItem.findFirstOrThrow()).probedAt !== null;
    };
    expect(await move(file.relativePath, 'Ella/Other.mp3')).toBe(true);
    expect(await shown(database)).toEqual(['Blue Möon', titleKeyOf('Blue Möon'), 'blue moon\nella/other.mp3']);
    expect(await move('Ella/Other.mp3', 'Recording_20240131_235959.mp3')).toBe(false);
  });

  it('is only a fact where it stands in a film', async () => {
    const database = await open();
    const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
    await catalogueFiles(database, films, [file]);
    await readTags(database, 'www.example.com', films);
    expect(await shown(database)).toEqual(byName);
  });
});
