import { describe, expect, it } from 'vitest';
import { chooseMain, kindOf, type GroupMember } from '../../../src/library/companions/choose-main.ts';
import { readGroupName } from '../../../src/library/companions/group-names.ts';

const member = (filename: string, more: Partial<GroupMember> = {}): GroupMember => ({
  path: `/p/${filename}`,
  filename,
  durationSeconds: /\.(?:mov|mp4)$/i.test(filename) ? 2 : null,
  captured: null,
  ...more,
});

/** The main one, and what the others are to it. */
function decide(members: readonly GroupMember[]): string[] | null {
  const keys = new Set(members.map(({ filename }) => readGroupName(filename).key));
  expect([...keys]).toHaveLength(1);
  const chosen = chooseMain(members);
  if (chosen === null) return null;
  const { main, companions } = chosen;
  return [
    main.filename,
    ...companions.map((each) => `${kindOf(main.filename, each.filename)} ${each.filename}`).sort(),
  ];
}

describe('files that belong together by their names', () => {
  it.each([
    ['IMG_0001.HEIC', 'MOTION IMG_0001.MOV'],
    ['IMG_0001.jpg', 'MOTION IMG_0001.mp4'],
    ['IMG_0001.HEIC', 'MOTION IMG_0001_HEVC.MOV'],
    ['IMG_0001(1).HEIC', 'MOTION IMG_0001(1).MP4'],
    ['MVIMG_20190101_120000.jpg', 'MOTION MVIMG_20190101_120000.mp4'],
    ['PXL_20231026_205755225.MP.jpg', 'MOTION PXL_20231026_205755225.MP4'],
    ['PXL_20231026_205755225.MP.jpg', 'MOTION PXL_20231026_205755225.MP.mp4'],
    ['20190101_120000.jpg', 'MOTION 20190101_120000.mp4'],
    ['IMG_1.CR2', 'RENDITION IMG_1.JPG'],
    ['DSC_0001.NEF', 'RENDITION DSC_0001.jpeg'],
    ['DSCF0001.RAF', 'RENDITION DSCF0001.HIF'],
    ['IMG_2.dng', 'MOTION IMG_2.MOV', 'RENDITION IMG_2.heic'],
    ['PXL_20231220_170358366.RAW-01.COVER.jpg', 'RAW PXL_20231220_170358366.RAW-02.ORIGINAL.dng'],
    ['PXL_20230330_184138390.MOTION-01.COVER.jpg', 'ORIGINAL PXL_20230330_184138390.MOTION-02.ORIGINAL.jpg'],
    ['IMG_E1234.HEIC', 'MOTION IMG_1234.MOV', 'ORIGINAL IMG_1234.HEIC'],
    ['IMG_E1234.JPG', 'ORIGINAL IMG_1234.HEIC', 'RAW IMG_1234.DNG'],
    ['IMG_20231014_183246_BURST001_COVER.jpg', 'BURST IMG_20231014_183246_BURST002.jpg'],
    ['00015IMG_00015_BURST20171111030128_COVER.jpg', 'BURST 00001IMG_00001_BURST20171111030128.jpg'],
    ['DSC_0001_BURST20230709220904977_COVER.JPG', 'BURST DSCPDC_0002_BURST20230709220904977.JPG'],
    ['IMG_1234_BURST001.jpg', 'BURST IMG_1234_BURST002.jpg', 'BURST IMG_1234_BURST010.jpg'],
  ])('%s with %s', (main, ...companions) => {
    const members = [main, ...companions.map((text) => text.slice(text.indexOf(' ') + 1))].map((name) => member(name));
    expect(decide(members)).toEqual([main, ...companions]);
    expect(decide(members.toReversed())).toEqual([main, ...companions]);
  });

  it.each([
    ['a film that is too long', member('IMG_1.jpg'), member('IMG_1.mov', { durationSeconds: 11 })],
    ['a film of which nothing is known yet', member('IMG_1.jpg'), member('IMG_1.mov', { durationSeconds: null })],
    ['a clip and its cover', member('clip.jpg'), member('clip.mp4')],
    ['two films', member('IMG_1.mov'), member('IMG_1.mp4')],
    ['two pictures without a RAW', member('IMG_1.jpg'), member('IMG_1.png')],
    ['a RAW and a drawing', member('IMG_1.cr2'), member('IMG_1.png')],
    ['two RAWs', member('IMG_1.cr2'), member('IMG_1.dng')],
  ])('not %s', (_title, one, other) => {
    expect(decide([one, other])).toBe(null);
  });

  it('have each of its names among what its group is looked for by', () => {
    const names = ['IMG_0001_HEVC.MOV', 'IMG_E1234.HEIC', 'IMG_1234.HEIC', '00001IMG_00001_BURST20171111030128.jpg'];
    for (const name of [...names, 'DSC_0002_BURST20230709220904977_COVER.JPG', 'BURST20230709220904977.JPG', 'a']) {
      const { prefixes } = readGroupName(name);
      const whole = name.includes('.') ? name : `${name}.`;
      expect(prefixes.map((prefix) => whole.startsWith(prefix))).toContain(true);
    }
  });
});

const photo = (localMs: number) => member('IMG_1.CR2', { captured: { localMs, source: 'EXIF' } });

describe('files of another moment', () => {
  const noon = Date.UTC(2024, 6, 1, 12);
  it.each([
    ['EXIF', noon + 3_000, true],
    ['EXIF', noon + 3_600_000, false],
    ['FILENAME', noon + 86_400_000, true],
  ])('are no JPEG of a RAW, where both say when that was: %s', (source, localMs, belongs) => {
    const decided = decide([photo(noon), member('IMG_1.JPG', { captured: { localMs, source } })]);
    expect(decided !== null).toBe(belongs);
  });
  it.each([
    ['QUICKTIME', noon, true],
    ['QUICKTIME', noon - 7_200_000, false],
    ['CONTAINER', noon - 7_200_000, true],
    ['CONTAINER', noon + 34_200_000, true],
    ['CONTAINER', noon - 7_900_000, false],
    ['CONTAINER', noon - 86_400_000, false],
  ])('are no film of a photo: %s', (source, localMs, belongs) => {
    const decided = decide([photo(noon), member('IMG_1.MOV', { captured: { localMs, source } })]);
    expect(decided !== null).toBe(belongs);
  });
});
