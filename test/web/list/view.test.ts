import { expect, it } from 'vitest';
import {
  add,
  countSelected,
  everything,
  isSelected,
  nothing,
  remove,
  toggle,
} from '../../../src/web/list/selection.ts';
import { toMediaSelections } from '../../../src/web/list/chosen-media.ts';
import { countFilters, defaultOrder, readView, toFilter, toOrder, withoutFilters } from '../../../src/web/list/view.ts';

it('reads from an address what makes sense, and leaves out what anybody may have written beside it', () => {
  expect(
    readView({
      q: ' sea ',
      type: ['VIDEO', 'x', 'IMAGE'],
      tag: 'a',
      rating: '4',
      from: '2014-03-05',
      sort: 'SIZE',
      view: 'table',
      zoom: '0',
      fav: 'true',
    }),
  ).toEqual({
    q: 'sea',
    type: ['IMAGE', 'VIDEO'],
    tag: ['a'],
    rating: 4,
    from: '2014-03-05',
    sort: 'SIZE',
    view: 'table',
    zoom: 0,
    fav: true,
  });
  expect(
    readView({
      q: {},
      type: 'constructor',
      rating: '6',
      zoom: '1.5',
      from: '2014-02-30',
      to: '<img>',
      sort: '__proto__',
      dir: 'up',
      seed: 'NaN',
      fav: 'no',
      cat: [null, ''],
    }),
  ).toEqual({});
  expect(readView({ q: 'x'.repeat(10_000), tag: Array.from({ length: 90 }, (_, at) => `t${at}`) })).toMatchObject({
    q: 'x'.repeat(500),
    tag: { length: 50 },
  });
});

it('makes the filter and the order that the service takes', () => {
  expect(
    toFilter({ q: 'sea', rating: 3, from: '2014-03-05', to: '2014-03-06', fav: true, cat: ['a'] }, 'photos'),
  ).toEqual({
    companions: 'HIDE',
    statuses: ['AVAILABLE'],
    search: 'sea',
    categories: ['photos'],
    favourite: true,
    rating: { gte: 3 },
    capturedAt: { gte: '2014-03-05T00:00:00.000Z', lt: '2014-03-07T00:00:00.000Z' },
  });
  expect(toFilter({ status: ['DELETED'] })).toEqual({ companions: 'HIDE', statuses: ['DELETED'] });
  expect(toOrder({}, defaultOrder('IMAGE', null))).toEqual({ field: 'CAPTURED_AT', direction: 'DESC' });
  expect(toOrder({ sort: 'TITLE' }, defaultOrder('VIDEO', { sort: 'size' }))).toEqual({
    field: 'TITLE',
    direction: 'ASC',
  });
  expect(toOrder({}, defaultOrder('VIDEO', { sort: 'size' }))).toEqual({ field: 'SIZE', direction: 'DESC' });
  expect(toOrder({}, defaultOrder('AUDIO', { sort: 'constructor' }))).toEqual({ field: 'HIERARCHY', direction: 'ASC' });
  expect(toOrder({ sort: 'RANDOM', seed: 7 }, defaultOrder(undefined, 'x'))).toEqual({
    field: 'RANDOM',
    direction: 'ASC',
    seed: 7,
  });
  const view = readView({ q: 'a', tag: ['b', 'c'], view: 'table', from: '2014-01-01' });
  expect([countFilters(view), withoutFilters(view)]).toEqual([4, { view: 'table' }]);
});

it('reads every filter that a person understands, and drops hostile values of each', () => {
  const given = {
    in: 'photos/2014/Rome',
    ext: ['JPG', 'jpg', 'a/b'],
    codec: 'HEVC',
    cam: 'EOS R6',
    lens: 'RF 50',
    res: ['UHD_4K', 'x'],
    shape: 'PORTRAIT',
    len: '60-600',
    size: '1000000-',
    w: '-1920',
    h: '1-1',
    gps: 'false',
    dup: 'true',
    proxy: 'NEEDED',
    added: '2024-01-01',
    missed: '2024-01-02',
    gone: '2024-01-03',
  };
  const view = readView(given);
  expect(toFilter(view)).toEqual({
    companions: 'HIDE',
    statuses: ['DELETED'],
    folder: { category: 'photos', path: '2014/Rome', recursive: true },
    extensions: ['jpg'],
    codecs: ['HEVC'],
    camera: { model: 'EOS R6', lens: 'RF 50' },
    resolutions: ['UHD_4K'],
    orientation: ['PORTRAIT'],
    durationSeconds: { gte: 60, lte: 600 },
    sizeBytes: { gte: 1_000_000 },
    width: { lte: 1_920 },
    height: { gte: 1, lte: 1 },
    hasLocation: false,
    hasDuplicate: true,
    proxy: 'NEEDED',
    createdAt: { gte: '2024-01-01T00:00:00.000Z' },
    missingSince: { gte: '2024-01-02T00:00:00.000Z' },
    deletedAt: { gte: '2024-01-03T00:00:00.000Z' },
  });
  // An address that was read is read again as it is.
  expect(readView({ ...view })).toEqual(view);
  expect(countFilters(view)).toBe(17);
  expect(withoutFilters(view)).toEqual({});
  expect(
    readView({
      in: 'photos/../secret',
      ext: ['', '../x', 'a b'],
      res: 'constructor',
      shape: ['__proto__'],
      len: '600-60',
      size: '1e9-',
      w: '--',
      h: '99999999999999999999-',
      gps: 'maybe',
      dup: {},
      proxy: 'toString',
      added: 'now()',
      missed: '2024-13-01',
      gone: ['2024-01-01', 'x'],
      codec: [{}, null],
      cam: [],
    }),
  ).toEqual({});
});

it('a selection of a million costs what one of ten costs, and exceptions go both ways', () => {
  const some = add(nothing, ['a', 'b']);
  expect([isSelected(some, 'a'), isSelected(some, 'c'), countSelected(some, 9)]).toEqual([true, false, 2]);
  expect(toMediaSelections(toggle(some, 'a'), {}, {})).toEqual([{ ids: ['b'] }]);
  const all = remove(everything, ['a']);
  expect([isSelected(all, 'a'), isSelected(all, 'z'), countSelected(all, 1_000_000)]).toEqual([false, true, 999_999]);
  expect(toMediaSelections(all, { search: 'x' }, {})).toEqual([{ filter: { search: 'x' }, except: ['a'] }]);
  expect(toMediaSelections(toggle(all, 'a'), {}, {})).toEqual([{ filter: {}, except: [] }]);
});
