import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../../../src/base/config/media-config.ts';
import type { Database } from '../../../../src/base/database/database.ts';
import type { PageRequest } from '../../../../src/base/paging.ts';
import { createGroups, type GroupRequest } from '../../../../src/library/catalogue/groups/groups.ts';
import { createPlayOrder } from '../../../../src/library/catalogue/groups/play-order.ts';
import type { MusicFacts } from '../../../../src/library/metadata/facts/facts.ts';
import { readUnprobed, storeProbes } from '../../../../src/library/metadata/sql/probes.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const levels = (...names: string[]) => names.map((name) => ({ name, key: name }));
const shows = categoryOf({
  key: 'shows',
  mediaType: 'VIDEO',
  storageFormat: 'SERIES',
  hierarchyLevels: levels('series', 'season', 'episode'),
});
const records = categoryOf({ key: 'records', mediaType: 'AUDIO', hierarchyLevels: levels('artist', 'album', 'track') });
const songs = categoryOf({ key: 'songs', mediaType: 'AUDIO' });
const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
const categories = [shows, records, songs, films];
const mediaConfig = {
  current: () => ({ categories }) as never,
  findCategory: (key: string) => categories.find((category) => category.key === key),
};
const firstPage: PageRequest = { count: 50, backward: false, cursor: null };

function add(database: Database, category: CategoryConfig, paths: readonly string[]): Promise<void> {
  const files = paths.map((relativePath) => ({ relativePath, sizeBytes: 100 }));
  return catalogueFiles(database, category, files);
}

/** Catalogues songs whose headers were read. */
async function addSongs(database: Database, tagged: Record<string, Partial<MusicFacts>>): Promise<void> {
  await add(database, songs, Object.keys(tagged));
  const probe = { width: null, height: null, durationSeconds: 60, technicalMetadata: {}, fingerprint: null };
  const items = (await readUnprobed(database, 0, 100)).map(({ id, signature, relativePath }) => ({
    id,
    signature,
    ...probe,
    facts: { music: { hasLyrics: false, ...tagged[relativePath] } },
  }));
  await storeProbes(database, items, new Date());
}

async function listed(database: Database, request: Partial<GroupRequest> & { category: string }, page = firstPage) {
  const { edges } = await createGroups({ database, mediaConfig }).list({ level: null, parent: null, ...request }, page);
  return edges.map(({ node }) => node);
}

const titles = (groups: readonly { title: string }[]) => groups.map(({ title }) => title);

describeOnEachDatabase('Groups', (open) => {
  const episodes = [
    'Show/Season 10/Show - S10E01.mkv',
    'Show/Season 2/Show - S02E10.mkv',
    'Show/Season 2/Show - S02E09.mkv',
    'Show/Season 2/Disc 1/extra.mkv',
    'show 2/show 2 - S01E01.mkv',
    'show 2/show 2 - S00E03.mkv',
    'show 2/show 2 - S01E02.mkv',
    'show 2/Interview.mkv',
    'Show 10/Show 10 - 680.mkv',
    'Ähre/Staffel 1/Ähre - S01E01.mkv',
    'S01E01 of nothing.mkv',
    'zzz.mkv',
  ];

  it('are series and seasons of folders, and seasons that only names of files know, as people sort', async () => {
    const database = await open();
    const groups = createGroups({ database, mediaConfig });
    await add(database, shows, episodes);
    const series = await listed(database, { category: 'shows' });
    expect(titles(series)).toEqual(['Ähre', 'Show', 'show 2', 'Show 10']);
    expect(await groups.itemCounts(series)).toEqual([1, 4, 4, 1]);
    expect(await groups.childCounts(series)).toEqual([1, 2, 2, 0]);
    expect(await groups.sums(series.slice(0, 2))).toEqual([
      { sizeBytes: 100, durationSeconds: 0 },
      { sizeBytes: 400, durationSeconds: 0 },
    ]);
    const [, show, show2] = series;
    const seasons = await listed(database, { category: 'shows', parent: show?.key ?? '' });
    expect(
      seasons.map(({ level, value, seasonNumber, nextLevel, path }) => [
        level,
        value,
        seasonNumber,
        nextLevel,
        path.map(({ key }) => key),
      ]),
    ).toEqual([
      ['season', 'Season 2', 2, null, [show?.key]],
      ['season', 'Season 10', 10, null, [show?.key]],
    ]);
    expect(await groups.childCounts(seasons)).toEqual([null, null]);
    const named = await listed(database, { category: 'shows', parent: show2?.key ?? '' });
    expect(named.map(({ title, value, seasonNumber }) => [title, value, seasonNumber])).toEqual([
      ['Specials', null, 0],
      ['Season 1', null, 1],
    ]);
    const every = await listed(database, { category: 'shows', level: 'season' });
    expect(every.map(({ title, path }) => [path[0]?.title, title])).toEqual([
      ['Ähre', 'Staffel 1'],
      ['Show', 'Season 2'],
      ['Show', 'Season 10'],
      ['show 2', 'Specials'],
      ['show 2', 'Season 1'],
    ]);
  });

  it('list their items as they are played, and their first ones; only what is available counts', async () => {
    const database = await open();
    const groups = createGroups({ database, mediaConfig });
    await add(database, shows, episodes);
    await moveToStatus(database, 'Show - S02E10.mkv', 'MISSING');
    await moveToStatus(database, 'Ähre - S01E01.mkv', 'DELETED');
    const series = await listed(database, { category: 'shows' });
    expect(titles(series)).toEqual(['Show', 'show 2', 'Show 10']);
    const show2 = series[1] as (typeof series)[number];
    const walk = async (backward: boolean) => {
      const found: string[] = [];
      let cursor: string | null = null;
      for (let isMore = true; isMore;) {
        const page = await groups.itemsOf(show2, { count: 1, backward, cursor });
        found.push(...page.edges.map(({ node }) => node.filename));
        cursor = page.edges[0]?.cursor ?? null;
        isMore = backward ? page.hasPreviousPage : page.hasNextPage;
      }
      return found;
    };
    const played = ['show 2 - S00E03.mkv', 'show 2 - S01E01.mkv', 'show 2 - S01E02.mkv', 'Interview.mkv'];
    expect(await walk(false)).toEqual(played);
    expect(await walk(true)).toEqual(played.toReversed());
    expect(await (await groups.itemsOf(show2, firstPage)).totalCount()).toBe(4);
    const first = await groups.firstItems(series, 2);
    expect(first.map((items) => items.map(({ filename }) => filename))).toEqual([
      ['Show - S02E09.mkv', 'extra.mkv'],
      played.slice(0, 2),
      ['Show 10 - 680.mkv'],
    ]);
  });

  it('are paged in both directions, past many files beside them', async () => {
    const database = await open();
    const groups = createGroups({ database, mediaConfig });
    const names = Array.from({ length: 30 }, (_, index) => `Band ${index}`);
    await add(
      database,
      records,
      names.flatMap((name) => [`${name}/First/1.mp3`, `${name}/Second/1.mp3`]),
    );
    // More than one statement steps over.
    const beside = Array.from({ length: 1500 }, (_, index) => `Aside ${index}.mp3`);
    for (let at = 0; at < beside.length; at += 500) await add(database, records, beside.slice(at, at + 500));
    const request = { category: 'records', level: null, parent: null };
    const walk = async (backward: boolean) => {
      const found: string[] = [];
      let cursor: string | null = null;
      for (let isMore = true; isMore;) {
        const page = await groups.list(request, { count: 7, backward, cursor });
        const part = titles(page.edges.map(({ node }) => node));
        found.push(...(backward ? part.toReversed() : part));
        cursor = (backward ? page.edges[0] : page.edges.at(-1))?.cursor ?? null;
        isMore = backward ? page.hasPreviousPage : page.hasNextPage;
      }
      return found;
    };
    expect(await walk(false)).toEqual(names);
    expect(await walk(true)).toEqual(names.toReversed());
    expect(await (await groups.list(request, { ...firstPage, count: 1 })).totalCount()).toBe(30);
    expect(await (await groups.list({ ...request, level: 'album' }, { ...firstPage, count: 1 })).totalCount()).toBe(60);
  });

  it('are artists and albums by the tags of music that has no levels', async () => {
    const database = await open();
    const groups = createGroups({ database, mediaConfig });
    await addSongs(database, {
      'x/b.mp3': { album: 'Über', albumArtist: 'Röyksopp', artist: 'Guest', track: 10 },
      'y/a.mp3': { album: 'ÜBER', albumArtist: 'Royksopp', track: 2 },
      'c.mp3': { album: 'Other', artist: 'röyksopp', disc: 1, track: 1 },
      'd.mp3': { album: 'Alone' },
      'e.mp3': { title: 'No album', artist: 'Nobody' },
    });
    const artists = await listed(database, { category: 'songs' });
    expect(titles(artists)).toEqual(['röyksopp', 'Unknown artist']);
    expect(await groups.itemCounts(artists)).toEqual([3, 1]);
    expect(await groups.sums(artists)).toMatchObject([{ durationSeconds: 180 }, { durationSeconds: 60 }]);
    const albums = await listed(database, { category: 'songs', parent: artists[0]?.key ?? '' });
    expect(titles(albums)).toEqual(['Other', 'ÜBER']);
    const page = await groups.itemsOf(albums[1] as (typeof albums)[number], firstPage);
    expect(page.edges.map(({ node }) => node.relativePath)).toEqual(['y/a.mp3', 'x/b.mp3']);
    expect(titles(await listed(database, { category: 'songs', level: 'album' }))).toEqual(['Other', 'ÜBER', 'Alone']);
  });

  it('refuse what does not fit, and say what would', async () => {
    const database = await open();
    await add(database, shows, episodes);
    const [series] = await listed(database, { category: 'shows' });
    const [season] = await listed(database, { category: 'shows', parent: series?.key ?? '' });
    const refused = (request: Partial<GroupRequest> & { category: string }, page = firstPage) =>
      listed(database, request, page).then(
        () => 'taken',
        (error: unknown) => String(error),
      );
    expect(await refused({ category: 'none' })).toContain('"none" is no category');
    expect(await refused({ category: 'films' })).toContain('has no levels');
    expect(await refused({ category: 'shows', level: 'episode' })).toContain('There is "series", "season".');
    expect(await refused({ category: 'shows', parent: season?.key ?? '' })).toContain('its items are listed');
    expect(await refused({ category: 'shows', level: 'series', parent: series?.key ?? '' })).toContain(
      'there is "season".',
    );
    expect(await refused({ category: 'shows', parent: 'e30' })).toContain('not the key of a group');
    expect(await refused({ category: 'records', parent: series?.key ?? '' })).toContain(
      'belongs to the category "shows"',
    );
    const cursor = season?.key ?? '';
    expect(await refused({ category: 'shows' }, { ...firstPage, cursor })).toContain('another level');
  });
});

async function played(database: Database, filenames: readonly string[]) {
  const order = createPlayOrder({ database, mediaConfig });
  const rows = await database.prisma.mediaItem.findMany({ select: { id: true, filename: true } });
  const ids = filenames.map((filename) => rows.find((row) => row.filename === filename)?.id ?? 0);
  const nameOf = (id: number | null) => rows.find((row) => row.id === id)?.filename ?? null;
  return {
    next: (await order.neighboursOf(ids, 'next')).map(nameOf),
    previous: (await order.neighboursOf(ids, 'previous')).map(nameOf),
  };
}

describeOnEachDatabase('What is played next', (open) => {
  it('is the next episode, over seasons and past missing files, and nothing behind the series', async () => {
    const database = await open();
    await add(database, shows, [
      'A/Season 1/S01E02.mkv',
      'A/Season 1/S01E10.mkv',
      'A/Season 2/S02E01.mkv',
      'B/S01E01.mkv',
    ]);
    const names = ['S01E02.mkv', 'S01E10.mkv', 'S02E01.mkv', 'S01E01.mkv'];
    expect(await played(database, names)).toEqual({
      next: ['S01E10.mkv', 'S02E01.mkv', null, null],
      previous: [null, 'S01E02.mkv', 'S01E10.mkv', null],
    });
    await moveToStatus(database, 'S01E10.mkv', 'MISSING');
    expect(await played(database, names.slice(0, 2))).toEqual({
      next: ['S02E01.mkv', 'S02E01.mkv'],
      previous: [null, 'S01E02.mkv'],
    });
  });

  it('is the next song of the album, by folders or tags; films stand for themselves', async () => {
    const database = await open();
    await add(database, records, ['B/One/CD1/2 x.mp3', 'B/One/CD2/1 y.mp3', 'B/Two/1 z.mp3']);
    await add(database, films, ['One.mp4', 'Two.mp4']);
    await addSongs(database, {
      'p/t1.mp3': { album: 'X', artist: 'A', track: 1 },
      'q/t2.mp3': { album: 'X', artist: 'A', track: 2 },
      'q/t3.mp3': { album: 'Y', artist: 'A', track: 1 },
      'r/plain 1.mp3': {},
      'r/plain 2.mp3': {},
    });
    const names = ['2 x.mp3', '1 y.mp3', 'One.mp4', 't1.mp3', 't2.mp3', 'plain 1.mp3'];
    expect((await played(database, names)).next).toEqual(['1 y.mp3', null, null, 't2.mp3', null, 'plain 2.mp3']);
  });
});
