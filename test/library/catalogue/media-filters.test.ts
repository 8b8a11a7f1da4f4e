import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { createCatalogue } from '../../../src/library/catalogue/catalogue.ts';
import { extendSearchIndex } from '../../../src/library/catalogue/sql/search.ts';
import { freezeSelection } from '../../../src/library/catalogue/media-selection.ts';
import { selectMedia, type MediaFilter } from '../../../src/library/catalogue/select-media.ts';
import { countMedia, listMedia } from '../../../src/library/catalogue/sql/list-media.ts';
import type { SortField } from '../../../src/library/catalogue/sql/sort-columns.ts';
import { walkSelection } from '../../../src/library/catalogue/walk-selection.ts';
import type { MediaFacts } from '../../../src/library/metadata/facts/facts.ts';
import { storeProbes } from '../../../src/library/metadata/sql/probes.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const movies = categoryOf({
  key: 'movies',
  mediaType: 'VIDEO',
  hierarchyLevels: [{ name: 'series' }, { name: 'season' }, { name: 'episode' }] as never,
});
const photos = categoryOf({ key: 'photos' });
const mediaConfig = { current: () => ({ categories: [movies, photos] }), findCategory: () => photos };
const keys = ['movies', 'photos'];

interface Probe {
  width?: number;
  height?: number;
  durationSeconds?: number;
  video?: string;
  audio?: string;
  facts?: MediaFacts;
}

/** Seven files that were read, and one, `new.mkv`, that was not. */
const probes: Record<string, Probe> = {
  'e1.mkv': { width: 1920, height: 800, durationSeconds: 90, video: 'HEVC', audio: 'AC-3' },
  'e2.MKV': { width: 640, height: 480, durationSeconds: 30.5, video: 'AVC', audio: 'AAC' },
  'sound.mkv': { durationSeconds: 5000, audio: 'AAC' },
  'wide.jpg': {
    width: 6000,
    height: 4000,
    facts: { camera: { make: 'Canon', model: 'EOS R6', lens: 'RF 50' }, place: { latitude: 1, longitude: 2 } },
  },
  'tall.JPG': { width: 1000, height: 1500, facts: { camera: { make: 'LG', model: 'G7' } } },
  'square.cr2': { width: 500, height: 500 },
  '100%_o\u0308.jpeg': { width: 8000, height: 300, facts: { keywords: ['Canon', 'EOS R6'] } },
};

const day = (number: number) => new Date(Date.UTC(2024, 0, number));

async function stock(database: Database): Promise<void> {
  const series = ['Show/Season 1/e1.mkv', 'Show/Season 1/e2.MKV', 'Show/sound.mkv', 'U2/Season 1/new.mkv'];
  const pictures = [
    'wide.jpg',
    'a/tall.JPG',
    'a/b/square.cr2',
    'a.b/100%_o\u0308.jpeg',
    'a/b0/gone.jpg',
    'a0/lost.jpg',
  ];
  await catalogueFiles(database, movies, series.map(toFile));
  await catalogueFiles(database, photos, pictures.map(toFile));
  for (const { id, filename } of await database.prisma.mediaItem.findMany()) {
    const probe = probes[filename];
    if (probe === undefined) continue;
    const { width = null, height = null, durationSeconds = null, facts = null, video, audio } = probe;
    const technicalMetadata = { video: tracks(video), audio: tracks(audio) };
    const read = { width, height, durationSeconds, facts, technicalMetadata, fingerprint: null };
    await storeProbes(database, [{ id, signature: 'a', ...read }], new Date());
  }
  const { prisma } = database;
  const give = (filename: string, data: object) => prisma.mediaItem.updateMany({ where: { filename }, data });
  // One pair is whole, of the other one is deleted.
  for (const name of ['e1.mkv', 'wide.jpg']) await give(name, { sha256: 'a'.repeat(64) });
  for (const name of ['e2.MKV', 'gone.jpg']) await give(name, { sha256: 'b'.repeat(64) });
  await give('sound.mkv', { sha256: 'c'.repeat(64) });
  await moveToStatus(database, 'gone.jpg', 'DELETED');
  await moveToStatus(database, 'lost.jpg', 'MISSING');
  await give('gone.jpg', { deletedAt: day(5) });
  await give('lost.jpg', { missingSince: day(6) });
  await giveProxy(database, 'wide.jpg', 'a', 896);
  await giveProxy(database, 'tall.JPG', 'an earlier file', 896);
  await giveProxy(database, 'square.cr2', 'a', 200);
}

function tracks(codec?: string) {
  return codec === undefined ? [] : [{ codec }, { codec: 'second' }];
}

async function giveProxy({ prisma }: Database, filename: string, sourceSignature: string, targetDimension: number) {
  const { id } = await prisma.mediaItem.findFirstOrThrow({ where: { filename } });
  const size = { width: 1, height: 1, sizeBytes: 1, originalWidth: 2, originalHeight: 2, originalSizeBytes: 2 };
  const file = {
    filename: `${id}.jpg`,
    format: 'JPEG',
    sha256: 'd'.repeat(64),
    wasResized: true,
    createdAt: new Date(),
  };
  const data = { ...size, ...file, mediaItemId: id, profile: 'nova', sourceSignature, targetDimension };
  await prisma.imageProxy.create({ data });
}

function toFile(relativePath: string, index: number) {
  return { relativePath, sizeBytes: 100 + index, modifiedAtMs: day(1 + index).getTime() };
}

const accent = '100%_o\u0308.jpeg';
const folder = (category: string, path: string, recursive?: boolean) => ({ folder: { category, path, recursive } });
const cases: [MediaFilter, string[]][] = [
  [folder('photos', ''), ['wide.jpg', 'tall.JPG', 'square.cr2', accent, 'lost.jpg']],
  [folder('photos', '', false), ['wide.jpg']],
  [folder('photos', 'a'), ['tall.JPG', 'square.cr2']],
  [folder('photos', 'a', false), ['tall.JPG']],
  [folder('photos', 'a/b', false), ['square.cr2']],
  [{ ...folder('photos', 'a/b0'), statuses: ['DELETED'] }, ['gone.jpg']],
  [folder('photos', 'a/tall.JPG'), []],
  [folder('movies', 'a'), []],
  [folder('movies', 'Show/Season 1'), ['e1.mkv', 'e2.MKV']],
  [folder('movies', 'Show', false), ['sound.mkv']],
  [folder('movies', '', false), []],
  [{ extensions: ['MKV'] }, ['e1.mkv', 'e2.MKV', 'sound.mkv', 'new.mkv']],
  [{ extensions: ['.jpg', 'cr2'] }, ['wide.jpg', 'tall.JPG', 'square.cr2', 'lost.jpg']],
  [{ extensions: ['kv'] }, []],
  [{ extensions: ['r2'] }, []],
  [{ extensions: [] }, []],
  [{ hierarchy: [{ level: 'series', value: 'Show' }] }, ['e1.mkv', 'e2.MKV', 'sound.mkv']],
  [{ hierarchy: [{ level: 'series', value: 'U2' }] }, ['new.mkv']],
  [{ hierarchy: [{ level: 'series', value: 'show' }] }, []],
  [
    { hierarchy: ['Show', 'Season 1'].map((value, at) => ({ level: at ? 'season' : 'series', value })) },
    ['e1.mkv', 'e2.MKV'],
  ],
  [{ durationSeconds: { lte: 90 } }, ['e1.mkv', 'e2.MKV']],
  [{ durationSeconds: { gte: 30.5, lte: 30.5 } }, ['e2.MKV']],
  [{ durationSeconds: { gte: -5 } }, ['e1.mkv', 'e2.MKV', 'sound.mkv']],
  [{ width: { gte: 5_000_000_000 } }, []],
  [{ width: { lte: 1000 } }, ['e2.MKV', 'tall.JPG', 'square.cr2']],
  [{ height: { gte: 1500 } }, ['wide.jpg', 'tall.JPG']],
  [{ rating: { gte: 5_000_000_000 } }, []],
  [{ orientation: ['SQUARE'] }, ['square.cr2']],
  [{ orientation: ['PORTRAIT', 'SQUARE'] }, ['tall.JPG', 'square.cr2']],
  [{ orientation: ['LANDSCAPE'] }, ['e1.mkv', 'e2.MKV', 'wide.jpg', accent]],
  [{ resolutions: ['SD'] }, ['e2.MKV', 'square.cr2']],
  [{ resolutions: ['HD_720', 'HD_1080'] }, ['e1.mkv', 'tall.JPG']],
  [{ resolutions: ['UHD_4K'] }, ['wide.jpg']],
  [{ resolutions: ['UHD_8K'], orientation: ['LANDSCAPE'] }, [accent]],
  [{ resolutions: [] }, []],
  [{ videoCodecs: ['HEVC', 'AV1'] }, ['e1.mkv']],
  [{ audioCodecs: ['AAC'] }, ['e2.MKV', 'sound.mkv']],
  [{ codecs: ['HEVC', 'AAC'] }, ['e1.mkv', 'e2.MKV', 'sound.mkv']],
  [{ codecs: ['second'] }, []],
  [{ codecs: [] }, []],
  [{ camera: { make: 'Canon' } }, ['wide.jpg']],
  [{ camera: { make: 'LG', model: 'G7' } }, ['tall.JPG']],
  [{ camera: { lens: 'RF 50' } }, ['wide.jpg']],
  [{ camera: { model: 'eos r6' } }, []],
  [
    { camera: {} },
    ['e1.mkv', 'e2.MKV', 'sound.mkv', 'new.mkv', 'wide.jpg', 'tall.JPG', 'square.cr2', accent, 'lost.jpg'],
  ],
  [{ hasLocation: true }, ['wide.jpg']],
  [{ hasLocation: false, mediaTypes: ['IMAGE'] }, ['tall.JPG', 'square.cr2', accent, 'lost.jpg']],
  [{ hasDuplicate: true }, ['e1.mkv', 'wide.jpg']],
  [{ hasDuplicate: false, mediaTypes: ['VIDEO'] }, ['e2.MKV', 'sound.mkv', 'new.mkv']],
  [{ hasDuplicate: true, statuses: ['DELETED'] }, ['gone.jpg']],
  [{ deletedAt: { gte: day(5), lt: day(6) }, statuses: ['AVAILABLE', 'DELETED'] }, ['gone.jpg']],
  [{ deletedAt: { lt: day(5) }, statuses: ['DELETED'] }, []],
  [{ missingSince: { gte: day(6) } }, ['lost.jpg']],
  // The proxy of one is of an earlier file, that of another of another size.
  [{ proxy: { state: 'MADE', profile: 'nova', shorterSide: 896 } }, ['wide.jpg']],
  [{ proxy: { state: 'NEEDED', profile: 'nova', shorterSide: 896 } }, ['tall.JPG']],
  [{ proxy: { state: 'NEEDED', profile: 'nova', shorterSide: 400 } }, ['wide.jpg', 'tall.JPG', 'square.cr2']],
  [{ proxy: { state: 'MADE', profile: 'other', shorterSide: 896 } }, []],
];

const page = { count: 50, backward: false, cursor: null, skip: 0 };

describeOnEachDatabase('A filter by facts', (open, provider) => {
  it('means the same items in lists of every order, counts, timelines, places and selections', async () => {
    const database = await open();
    await stock(database);
    const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
    const listed = async (filter: MediaFilter, field: SortField | 'RANDOM') => {
      const { edges, totalCount } = await catalogue.list(filter, { field, direction: 'ASC', seed: 7 }, page);
      expect(await totalCount()).toBe(edges.length);
      return edges.map(({ node }) => node);
    };
    for (const isIndexed of provider === 'sqlite' ? [false, true] : [false]) {
      while (isIndexed && (await extendSearchIndex(database, 100)));
      for (const [filter, expected] of cases) {
        const found = await listed(filter, 'CREATED_AT');
        expect({ filter, found: found.map(({ filename }) => filename) }).toEqual({ filter, found: expected });
        const random = await listed(filter, 'RANDOM');
        expect(random.map(({ filename }) => filename).toSorted()).toEqual(expected.toSorted());
        const days = await catalogue.timeline(filter, { unit: 'YEAR', direction: 'ASC' });
        expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
        const ids = found.map(({ id }) => id);
        expect(await selectedIds(database, filter)).toEqual(ids);
        const [id = 0] = ids;
        const place = await catalogue.place(id, filter, { field: 'CAPTURED_AT', direction: 'ASC' });
        expect(place !== null).toBe(ids.length > 0);
      }
    }
  });

  it('means them where they are too many to be looked up one by one too', async () => {
    const database = await open();
    await stock(database);
    for (const [filter, expected] of cases) {
      const selected = { ...(await selectMedia(database, keys, filter)), candidates: null };
      expect(await countMedia(database, selected.shelves, selected)).toBe(expected.length);
      for (const field of ['TITLE', ...(selected.ranges?.keys() ?? [])] as const) {
        const found = await listMedia(database, {
          ...selected,
          field,
          descending: true,
          after: null,
          skip: 0,
          limit: 50,
        });
        const names = found.map(({ record }) => record.filename).toSorted();
        expect({ filter, field, names }).toEqual({ filter, field, names: expected.toSorted() });
      }
    }
  });

  it.runIf(provider === 'sqlite')('is looked up in an index, and lists go along the index of their order', async () => {
    const database = await open();
    await stock(database);
    const plans: string[] = [];
    const explaining = {
      ...database,
      read: async (statement: Parameters<Database['read']>[0]) => {
        const steps = await database.read(sql`EXPLAIN QUERY PLAN ${statement}`);
        plans.push(...steps.map(({ detail }) => String(detail)));
        return database.read(statement);
      },
    };
    for (const [filter] of cases) {
      const selected = await selectMedia(explaining, keys, filter);
      expect(plans.filter((step) => /^SCAN m\b/.test(step))).toEqual([]);
      // A fact of the file is found by its value, not among all items of the shelf.
      expect(plans.filter((step) => /(width|height|shape|codec|camera\w*)_id_idx \(shelf_id=\?\)/.test(step))).toEqual(
        [],
      );
      for (const field of ['TITLE', 'SIZE', 'CAPTURED_AT', 'DURATION', 'PATH'] as const) {
        plans.length = 0;
        const list = { ...selected, candidates: null, field, descending: false, after: null, skip: 0, limit: 50 };
        await listMedia(explaining, list);
        const inOrder = {
          TITLE: 'title_key',
          SIZE: 'size_bytes',
          CAPTURED_AT: 'captured_at',
          DURATION: 'duration',
          PATH: 'path_order',
        };
        const reads = plans.filter((step) => step.includes('media_items_'));
        expect(reads.filter((step) => !step.includes(inOrder[field]) && !/ (o|l) /.test(step))).toEqual([]);
      }
      plans.length = 0;
    }
  });

  it('is refused with the argument that nothing can have', async () => {
    const database = await open();
    const refused: [MediaFilter, string][] = [
      [folder('photos', '/a'), 'folder.path'],
      [folder('photos', 'a/'), 'folder.path'],
      [folder('photos', 'a/../b'), 'folder.path'],
      [folder('photos', 'a\0'), 'folder.path'],
      [{ extensions: ['a/b'] }, 'extensions'],
      [{ extensions: [''] }, 'extensions'],
      [{ extensions: ['tar.gz'] }, 'extensions'],
      [{ extensions: Array.from({ length: 51 }, () => 'jpg') }, 'extensions'],
      [{ codecs: [''] }, 'codecs'],
      [{ videoCodecs: ['\ud800'] }, 'videoCodecs'],
      [{ audioCodecs: ['x'.repeat(201)] }, 'audioCodecs'],
      [{ camera: { model: '' } }, 'camera.model'],
      [{ hierarchy: [{ level: '', value: 'a' }] }, 'hierarchy.level'],
      [{ hierarchy: Array.from({ length: 11 }, () => ({ level: 'a', value: 'a' })) }, 'hierarchy'],
    ];
    for (const [filter, field] of refused) {
      await expect(selectMedia(database, keys, filter)).rejects.toMatchObject({ field: `filter.${field}` });
    }
    await expect(selectMedia(database, keys, folder('books', 'a'))).rejects.toThrow('"books" is no category');
  });
});

async function selectedIds(database: Database, filter: MediaFilter): Promise<number[]> {
  const walk = await walkSelection(database, keys, await freezeSelection(database, keys, { filter }));
  const ids: number[] = [];
  for await (const batch of walk.batches(0)) ids.push(...batch.ids);
  return ids;
}
