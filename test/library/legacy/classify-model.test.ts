import { expect, it } from 'vitest';
import { classifyModel, type LegacyModelRow } from '../../../src/library/legacy/classify-model.ts';
import { pendingPictureName, pictureNameOf } from '../../../src/library/legacy/picture-name.ts';
import { readExtraJson } from '../../../src/library/legacy/read-extra-json.ts';
import { sha256Of } from '../../support/legacy-library.ts';

const row: LegacyModelRow = {
  id: 1,
  path: '/m/a.bin',
  name: 'A',
  type: 'lora',
  size_bytes: 1,
  hash_hex: '',
  created_at: 1,
  meta_json: null,
  extra_json: null,
  extra_bytes: null,
  images_json: null,
};

function classify(changes: Partial<LegacyModelRow>) {
  const { model, isPending, issues } = classifyModel({ ...row, ...changes }, (path) => path);
  return { sha256: model?.sha256, isPending, codes: issues.map(({ code }) => code) };
}

it.each([
  ['', true, null, []],
  [null, true, null, []],
  [sha256Of('a'), false, sha256Of('a'), []],
  [sha256Of('a').toUpperCase(), false, sha256Of('a'), ['HASH_CASE_CHANGED']],
  [sha256Of('a').slice(1), true, null, ['INVALID_HASH']],
  [`${sha256Of('a')}0`, true, null, ['INVALID_HASH']],
  ['g'.repeat(64), true, null, ['INVALID_HASH']],
  [` ${sha256Of('a').slice(1)}`, true, null, ['INVALID_HASH']],
  [64, true, null, ['INVALID_HASH']],
  [Buffer.from(sha256Of('a')), true, null, ['INVALID_HASH']],
])('takes the hash %s for what it is', (hash, isPending, sha256, codes) => {
  expect(classify({ hash_hex: hash })).toEqual({ sha256, isPending, codes });
});

it.each([0, -1, 1.5, 2 ** 31, '1', null])('refuses the id %s', (id) => {
  expect(classify({ id })).toEqual({ sha256: undefined, isPending: true, codes: ['INVALID_ID'] });
});

it.each([
  [null, {}, []],
  ['  ', {}, []],
  ['{}', {}, []],
  ['{"a":1,"images":["x"]}', { a: 1, images: ['x'] }, ['x']],
  ['{"images":null}', { images: null }, []],
])('reads the extra_json %s', (text, meta, images) => {
  expect(readExtraJson(text, text?.length ?? null)).toMatchObject({ meta, images });
});

it('keeps what of a broken extra_json can be kept, and its pictures where they can be read', () => {
  expect(readExtraJson('{"a":', 5)).toMatchObject({
    meta: { legacy_extra_json: '{"a":' },
    images: [],
    problem: { code: 'EXTRA_JSON_BROKEN' },
  });
  const withNul = '{"note":"\\u0000","images":["a.png"]}';
  expect(readExtraJson(withNul, withNul.length)).toMatchObject({
    meta: { legacy_extra_json: withNul },
    images: ['a.png'],
    problem: { code: 'EXTRA_JSON_BROKEN' },
  });
  for (const none of [Buffer.from([0x7b, 0xff]), 7]) {
    expect(readExtraJson(none, 2)).toEqual({
      meta: {},
      images: [],
      problem: {
        code: 'EXTRA_JSON_BROKEN',
        message: 'extra_json is no text. The record is here, without it. Pictures that it names are not.',
      },
    });
  }
  expect(readExtraJson(null, 5_000_000)).toMatchObject({ meta: {}, problem: { code: 'EXTRA_JSON_TOO_LARGE' } });
});

it('reads an extra_json that was stored as bytes', () => {
  const bytes = Buffer.from('{"note":"ü","images":["a.png"]}');
  expect(readExtraJson(bytes, bytes.length)).toEqual({ meta: { note: 'ü', images: ['a.png'] }, images: ['a.png'] });
  expect(readExtraJson(Buffer.alloc(0), 0)).toEqual({ meta: {}, images: [] });
  expect(readExtraJson(Buffer.from('{'), 1)).toMatchObject({ meta: { legacy_extra_json: '{' } });
});

it.each([
  ['{"seed":18446744073709551615,"images":["a.png"]}', '18446744073709551615'],
  ['{"seeds":[1,-9007199254740993],"images":["a.png"]}', '-9007199254740993'],
  ['{"scale":1e400,"images":["a.png"]}', '1e400'],
  // A double can be 2^60, but is written with other digits.
  ['{"seed":1152921504606846976,"images":["a.png"]}', '1152921504606846976'],
  ['{"seed":9007199254740993.0,"images":["a.png"]}', '9007199254740993.0'],
  ['{"seed":9.007199254740993e15,"images":["a.png"]}', '9.007199254740993e15'],
])('keeps the text of the extra_json %s, whose numbers are rounded', (text, rounded) => {
  expect(readExtraJson(text, text.length)).toMatchObject({
    meta: { images: ['a.png'], legacy_extra_json: text },
    images: ['a.png'],
    problem: { code: 'EXTRA_JSON_NUMBERS_ROUNDED', message: expect.stringContaining(`such as ${rounded}.`) },
  });
});

it('takes no digits for rounded numbers that are kept as they are', () => {
  const long = 12345678901234567890n;
  const text = `{"a\\":${long}":"\\\\\\",${long}","f":0.12345678901234567,"n":1152921504606847000,"m":${2n ** 54n},"e":1e100,"z":1234567890123456800000.0}`;
  expect(readExtraJson(text, text.length)).toEqual({ meta: JSON.parse(text), images: [] });
});

it.each([
  ['name', Buffer.from('blob'), null, 'INVALID_NAME'],
  ['name', 'a\0b', 'ab', 'INVALID_NAME'],
  ['type', 7, null, 'INVALID_TYPE'],
  ['legacyMeta', Buffer.alloc(0), null, 'INVALID_META_JSON'],
  ['sizeBytes', -5, null, 'INVALID_SIZE_BYTES'],
  ['sizeBytes', '12', null, 'INVALID_SIZE_BYTES'],
  ['name', null, null, undefined],
  ['sizeBytes', null, null, undefined],
] as const)('tells what it leaves out or changes of the %s %j', (field, value, kept, code) => {
  const column = { legacyMeta: 'meta_json', sizeBytes: 'size_bytes', name: 'name', type: 'type' }[field];
  const { model, issues } = classifyModel({ ...row, [column]: value }, (path) => path);
  expect(model?.[field]).toBe(kept);
  expect(issues.map((issue) => issue.code)).toEqual(code === undefined ? [] : [code]);
});

it('finds the pictures of a row that is refused, and of an extra_json that is too large', () => {
  const refused = { ...row, id: -1, extra_json: '{"images":["a.png"]}', extra_bytes: 20 };
  expect(classifyModel(refused, (path) => path)).toMatchObject({ model: null, images: ['a.png'] });
  const unreadable = { ...row, id: -1, extra_bytes: 5_000_000 };
  expect(classifyModel(unreadable, (path) => path).issues).toMatchObject([
    { code: 'INVALID_ID', message: expect.stringContaining('pictures cannot be read') },
  ]);
  expect(readExtraJson(null, 5_000_000, '["a.png"]')).toMatchObject({ meta: {}, images: ['a.png'] });
});

function nameOf(image: Parameters<typeof pictureNameOf>[0]): string {
  const found = pictureNameOf(image);
  return found.ok ? found.name : found.code;
}

it('finds the file that an element of images means, and follows none out of the folder', () => {
  expect(nameOf('/media/model_12_1757000000000_my pic.png')).toBe('model_12_1757000000000_my pic.png');
  expect(nameOf(String.raw`C:\media\a.png`)).toBe('a.png');
  expect(nameOf('a.png')).toBe('a.png');
  expect(nameOf('..hidden..png')).toBe('..hidden..png');
  for (const outside of ['../a.png', '/media/../../etc/passwd', '..', './a.png', String.raw`..\a.png`]) {
    expect(nameOf(outside)).toBe('PICTURE_OUTSIDE_FOLDER');
  }
  for (const invalid of ['', ' ', 'a\0.png', '/media/', null, 7, {}, 'x'.repeat(5000)]) {
    expect(nameOf(invalid)).toBe('PICTURE_NAME_INVALID');
  }
});

it('names pending pictures so that no two collide and every disk takes them', () => {
  expect(pendingPictureName(12, 0, 'my model', 'Pic.PNG')).toBe('12_0_my_model.png');
  expect(pendingPictureName(12, 1, 'my model', 'none')).toBe('12_1_my_model');
  expect(pendingPictureName(1, 2, '../..', 'x.p/g')).toBe('1_2_.._..');
  expect(pendingPictureName(1, 0, 'Ünï', 'a.jpeg')).toBe('1_0_Ünï.jpeg');
  expect(Buffer.byteLength(pendingPictureName(2 ** 31 - 1, 99_999, 'ü'.repeat(500), 'a.png'))).toBeLessThanOrEqual(200);
});
