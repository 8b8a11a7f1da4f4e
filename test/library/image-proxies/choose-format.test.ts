import { expect, it } from 'vitest';
import type { ImageProxyFormat } from '../../../src/base/config/image-proxy-profile.ts';
import { chooseFormat } from '../../../src/library/image-proxies/choose-format.ts';

it.each<[string, boolean, ImageProxyFormat[], number, ImageProxyFormat]>([
  ['an opaque picture', false, ['JPEG', 'PNG'], 1000, 'JPEG'],
  ['a transparent picture', true, ['JPEG', 'PNG'], 1000, 'PNG'],
  ['a transparent picture where only JPEG is wanted', true, ['JPEG'], 1000, 'JPEG'],
  ['an opaque picture where only PNG is wanted', false, ['PNG'], 1000, 'PNG'],
  ['an opaque picture, whatever the order of the formats,', false, ['PNG', 'JPEG'], 1000, 'JPEG'],
  ['a picture that is just short enough for a JPEG', false, ['JPEG', 'PNG'], 65_535, 'JPEG'],
  ['a picture that is too long for a JPEG', false, ['JPEG', 'PNG'], 65_536, 'PNG'],
])('the right format is chosen for %s', (_title, isTransparent, formats, width, expected) => {
  expect(chooseFormat({ width, height: 896, isTransparent }, { formats })).toBe(expected);
});
