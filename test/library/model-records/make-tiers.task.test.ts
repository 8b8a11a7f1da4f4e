import { readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { defaultModelImages } from '../../../src/base/config/defaults.ts';
import { makeTiers } from '../../../src/library/model-records/make-tiers.task.ts';
import { largestSize, tierSize } from '../../../src/library/model-records/picture-tiers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function tiersOf(rootPath: string, relativePath: string, maxPixels = 120_000_000) {
  const folder = await temporaryFolder();
  const source = { rootPath, relativePath };
  const result = await makeTiers({ source, folder, name: 'tier', profile: defaultModelImages, maxPixels });
  const names = (await readdir(folder)).sort();
  const tiers = await Promise.all(names.map((name) => sharp(join(folder, name)).metadata()));
  return { result, names, tiers, sizes: tiers.map(({ width, height }) => `${width}x${height}`) };
}

function noise(width: number, height: number) {
  return sharp({
    create: { width, height, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  });
}

it('shrinks to two megapixels and makes three sizes, upright and without metadata', async () => {
  const folder = await temporaryFolder();
  await noise(3000, 2000)
    .withMetadata({ orientation: 6 })
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .withIccProfile('p3')
    .jpeg()
    .toFile(join(folder, 'large.jpg'));
  const { result, names, tiers, sizes } = await tiersOf(folder, 'large.jpg');
  expect(result).toEqual({ ok: true });
  expect(names).toEqual(['tier_high.webp', 'tier_low.webp', 'tier_medium.webp']);
  expect(sizes).toEqual(['1154x1732', '381x572', '762x1143']);
  for (const { format, exif, icc, orientation, space } of tiers) {
    expect({ format, exif, icc, orientation, space }).toEqual({
      format: 'webp',
      exif: undefined,
      icc: undefined,
      orientation: undefined,
      space: 'srgb',
    });
  }
});

it('never enlarges, and keeps transparency', async () => {
  const folder = await temporaryFolder();
  const background = { r: 255, g: 0, b: 0, alpha: 0.5 };
  await sharp({ create: { width: 100, height: 50, channels: 4, background } })
    .png()
    .toFile(join(folder, 'small.png'));
  const { sizes, tiers } = await tiersOf(folder, 'small.png');
  expect(sizes).toEqual(['100x50', '33x17', '66x33']);
  expect(tiers.map(({ hasAlpha }) => hasAlpha)).toEqual([true, true, true]);
});

it.each(['grey.png', 'sixteen.png', 'cmyk.jpg', 'tiny.gif'])('takes %s', async (name) => {
  const folder = await temporaryFolder();
  const picture = noise(40, 30);
  const forms = {
    'grey.png': () => picture.greyscale().toColourspace('b-w').png(),
    'sixteen.png': () => picture.toColourspace('rgb16').png(),
    'cmyk.jpg': () => picture.toColourspace('cmyk').jpeg(),
    'tiny.gif': () => picture.gif(),
  };
  await forms[name as keyof typeof forms]().toFile(join(folder, name));
  const { sizes } = await tiersOf(folder, name);
  expect(sizes).toEqual(['40x30', '13x10', '26x20']);
});

it('leaves no file of a picture that is none, too large, of another kind or outside its folder', async () => {
  const folder = await temporaryFolder();
  await noise(400, 300).png().toFile(join(folder, 'whole.png'));
  const whole = await readFile(join(folder, 'whole.png'));
  await writeFile(join(folder, 'cut.png'), whole.subarray(0, whole.length / 2));
  await writeFile(join(folder, 'text.png'), 'no picture');
  await writeFile(join(folder, 'drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await symlink('/etc/hostname', join(folder, 'link.png'));
  const codeOf = async (name: string, maxPixels?: number) => {
    const { result, names } = await tiersOf(folder, name, maxPixels);
    expect(names).toEqual([]);
    return result.ok ? 'ok' : result.code;
  };
  expect(await codeOf('cut.png')).toBe('PICTURE_UNREADABLE');
  expect(await codeOf('text.png')).toBe('PICTURE_UNREADABLE');
  expect(await codeOf('whole.png', 100)).toBe('PICTURE_UNREADABLE');
  expect(await codeOf('drawing.png')).toBe('UNSUITABLE_PICTURE');
  expect(await codeOf('link.png')).toBe('PATH_OUTSIDE_ROOT');
  expect(await codeOf('gone.png')).toBe('FILE_NOT_FOUND_ON_DISK');
});

it('keeps the proportions of every size, and at least a pixel', () => {
  const { tiers } = defaultModelImages;
  expect(largestSize({ width: 2000, height: 1000 }, defaultModelImages)).toEqual({ width: 2000, height: 1000 });
  expect(largestSize({ width: 2001, height: 1000 }, defaultModelImages)).toEqual({ width: 2000, height: 999 });
  expect(largestSize({ width: 50_000, height: 2 }, defaultModelImages)).toEqual({ width: 16_383, height: 1 });
  expect(tierSize({ width: 1, height: 1 }, tiers.low)).toEqual({ width: 1, height: 1 });
});
