import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { createCatalogue } from '../../../../src/library/catalogue/catalogue.ts';
import type { FacetName } from '../../../../src/library/catalogue/browsing/media-facets.ts';
import { selectMedia, type MediaFilter } from '../../../../src/library/catalogue/select-media.ts';
import { countFacts } from '../../../../src/library/catalogue/sql/count-facets.ts';
import { storeProbes } from '../../../../src/library/metadata/sql/probes.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
const photos = categoryOf({ key: 'photos' });
const mediaConfig = { current: () => ({ categories: [films, photos] }), findCategory: () => photos };
const year = (number: number) => Date.UTC(number, 5, 1);

async function start(open: () => Promise<Database>) {
  const database = await open();
  await catalogueFiles(database, films, [
    { relativePath: 'one.MKV', modifiedAtMs: year(2001), sizeBytes: 1 },
    { relativePath: 'two.mkv', modifiedAtMs: year(2002), sizeBytes: 2 },
    { relativePath: 'three.mp4', modifiedAtMs: year(2002), sizeBytes: 3 },
  ]);
  await catalogueFiles(database, photos, [
    { relativePath: 'a.b/c.jpg', modifiedAtMs: year(2002), sizeBytes: 4 },
    { relativePath: 'd.jpg', modifiedAtMs: year(2003), sizeBytes: 5 },
    { relativePath: 'gone.cr2', modifiedAtMs: year(2003), sizeBytes: 6 },
    { relativePath: 'none', modifiedAtMs: year(1969), sizeBytes: 7 },
  ]);
  const probe = async (filename: string, video: string | null, height: number, camera?: string) => {
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename } });
    const technicalMetadata =
      video === null ? { kind: 'picture' } : { video: [{ codec: video }], audio: [{ codec: 'AAC' }] };
    const facts = camera === undefined ? null : { camera: { model: camera } };
    const read = { width: 100, height, durationSeconds: null, technicalMetadata, facts, fingerprint: null };
    await storeProbes(database, [{ id, signature: 'a', ...read }], new Date());
  };
  await probe('one.MKV', 'HEVC', 1920);
  await probe('two.mkv', 'AVC', 1280);
  await probe('c.jpg', null, 4000, 'R6');
  await probe('d.jpg', null, 80, 'R6');
  await moveToStatus(database, 'gone.cr2', 'DELETED');
  const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
  const idOf = async (filename: string) =>
    (await database.prisma.mediaItem.findFirstOrThrow({ where: { filename } })).id;
  await catalogue.update(await idOf('c.jpg'), { tags: ['sea', 'sun'], favourite: true, rating: 5 });
  await catalogue.update(await idOf('d.jpg'), { tags: ['sea'], rating: 2 });
  const count = async (filter: MediaFilter, ...names: FacetName[]) => {
    const counted = await catalogue.facets.count(filter, names);
    return names.map(
      (name, index) => `${name}: ${counted[index]?.map(({ value, count: n }) => `${value} ${n}`).join(', ')}`,
    );
  };
  return { database, catalogue, count, idOf };
}

const all = [
  'categories',
  'mediaTypes',
  'statuses',
  'extensions',
  'years',
  'codecs',
  'resolutions',
  'tags',
  'favourites',
  'ratings',
  'cameras',
] as const;

const whole = [
  'categories: films 3, photos 3',
  'mediaTypes: IMAGE 3, VIDEO 3',
  'statuses: AVAILABLE 6, DELETED 1',
  'extensions: jpg 2, mkv 2, mp4 1',
  'years: 2002 3, 1969 1, 2001 1, 2003 1',
  'codecs: AAC 2, AVC 1, HEVC 1',
  'resolutions: HD_1080 1, HD_720 1, SD 1, UHD_4K 1',
  'tags: sea 2, sun 1',
  'favourites: false 5, true 1',
  'ratings: 2 1, 5 1',
  'cameras: R6 2',
];

describeOnEachDatabase('Facets', (open) => {
  it('count whole shelves, few items and many alike', async () => {
    const { database, count } = await start(open);
    expect(await count({}, ...all)).toEqual(whole);
    // A filter that means everything is counted item by item.
    expect(await count({ sizeBytes: { gte: 0 } }, ...all)).toEqual(whole);
    const list = { ...(await selectMedia(database, [], { search: 'jpg' })), candidates: null };
    const counts = await countFacts(database, list, ['extension', 'tag', 'favourite', 'shape']);
    expect(Object.fromEntries(Array.from(counts, ([fact, values]) => [fact, Object.fromEntries(values)]))).toEqual({
      extension: { jpg: 2 },
      tag: { sea: 2, sun: 1 },
      favourite: { false: 1, true: 1 },
      // UHD_4K and PORTRAIT, SD and LANDSCAPE.
      shape: { 13: 1, 0: 1 },
    });
    expect(await count({ categories: ['photos'] }, 'extensions', 'codecs', 'years')).toEqual([
      'extensions: jpg 2',
      'codecs: ',
      'years: 1969 1, 2002 1, 2003 1',
    ]);
    expect(await count({ search: 'no such word' }, 'extensions', 'statuses')).toEqual(['extensions: ', 'statuses: ']);
  });

  it('are not narrowed by the filter of their own kind, but by those of the others', async () => {
    const { count } = await start(open);
    const filter = { categories: ['films'], extensions: ['mkv'], codecs: ['AVC'], statuses: ['AVAILABLE'] } as const;
    expect(await count(filter, 'categories', 'extensions', 'codecs', 'statuses', 'years')).toEqual([
      'categories: films 1',
      'extensions: mkv 1',
      'codecs: AAC 2, AVC 1, HEVC 1',
      'statuses: AVAILABLE 1',
      'years: 2002 1',
    ]);
    expect(await count({ extensions: ['cr2'] }, 'statuses', 'extensions')).toEqual([
      'statuses: DELETED 1',
      'extensions: jpg 2, mkv 2, mp4 1',
    ]);
    expect(await count({ tags: ['sun'] }, 'tags', 'ratings')).toEqual(['tags: sea 1, sun 1', 'ratings: 5 1']);
    expect(await count({ favourite: true, rating: { gte: 5 } }, 'favourites', 'ratings')).toEqual([
      'favourites: true 1',
      'ratings: 5 1',
    ]);
  });

  it('follow every change, and leave companions out with the list', async () => {
    const { database, catalogue, count, idOf } = await start(open);
    const check = async (...lines: string[]) =>
      expect(await count({}, 'extensions', 'resolutions', 'tags', 'favourites')).toEqual(lines);
    await check(...[3, 6, 7, 8].map((index) => whole[index] ?? ''));
    await catalogue.update(await idOf('d.jpg'), { tags: [], favourite: true });
    await moveToStatus(database, 'one.MKV', 'DELETED');
    const data = { companionOf: await idOf('c.jpg'), updatedAt: new Date() };
    await database.prisma.mediaItem.updateMany({ where: { filename: 'two.mkv' }, data });
    await check(
      'extensions: jpg 2, mkv 1, mp4 1',
      'resolutions: HD_720 1, SD 1, UHD_4K 1',
      'tags: sea 1, sun 1',
      'favourites: false 3, true 2',
    );
    expect(await count({ withoutCompanions: true }, ...all)).toEqual([
      'categories: photos 3, films 1',
      'mediaTypes: IMAGE 3, VIDEO 1',
      'statuses: AVAILABLE 4, DELETED 2',
      'extensions: jpg 2, mp4 1',
      'years: 2002 2, 1969 1, 2003 1',
      'codecs: ',
      'resolutions: SD 1, UHD_4K 1',
      'tags: sea 1, sun 1',
      'favourites: false 2, true 2',
      'ratings: 2 1, 5 1',
      'cameras: R6 2',
    ]);
    await expect(count({ extensions: [''] }, 'years')).rejects.toMatchObject({ field: 'filter.extensions' });
    await expect(count({ categories: ['books'] }, 'years')).rejects.toThrow('"books" is no category');
  });
});
