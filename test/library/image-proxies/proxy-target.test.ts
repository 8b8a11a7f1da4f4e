import { describe, expect, it } from 'vitest';
import {
  calculateTargetDimensions,
  chooseFormat,
  needsProxy,
} from '../../../src/library/image-proxies/proxy-target.ts';
import type { ImageProxyFormat } from '../../../src/base/config/image-proxy-profile.ts';

const nova = { shorterSide: 896 };

/** Every size that matters: around the limits, primes, and a spread of random ones. */
function* sizes(): Generator<{ width: number; height: number }> {
  const edges = [1, 2, 3, 895, 896, 897, 1343, 1344, 1792, 1793, 4000, 29_999, 30_000];
  for (const width of edges) for (const height of edges) yield { width, height };
  for (let seed = 1; seed < 20_000; seed++) {
    yield { width: 1 + ((seed * 7919) % 30_000), height: 1 + ((seed * 104_729) % 30_000) };
  }
}

describe('the size of a proxy', () => {
  it('has exactly the profile’s shorter side, and the other one to the nearest pixel', () => {
    for (const size of [...sizes()].filter((each) => needsProxy(each, nova))) {
      const target = calculateTargetDimensions(size, nova);
      const [shorter, longer] = [Math.min(size.width, size.height), Math.max(size.width, size.height)];
      expect(Math.min(target.width, target.height)).toBe(896);
      expect(Math.abs(Math.max(target.width, target.height) - (longer * 896) / shorter)).toBeLessThanOrEqual(0.5);
      expect(target.width >= target.height || size.width <= size.height).toBe(true);
    }
  });

  it('is that of the picture where it is no larger than the profile wants', () => {
    const small = [...sizes()].filter((size) => !needsProxy(size, nova));
    expect(small.length).toBeGreaterThan(1000);
    for (const size of small) expect(calculateTargetDimensions(size, nova)).toEqual(size);
  });

  it.each([
    [
      { width: 4000, height: 3000 },
      { width: 1195, height: 896 },
    ],
    [
      { width: 3000, height: 4000 },
      { width: 896, height: 1195 },
    ],
    [
      { width: 897, height: 897 },
      { width: 896, height: 896 },
    ],
    [
      { width: 30_000, height: 30_000 },
      { width: 896, height: 896 },
    ],
    [
      { width: 1, height: 30_000 },
      { width: 1, height: 30_000 },
    ],
    [
      { width: 896, height: 30_000 },
      { width: 896, height: 30_000 },
    ],
    [
      { width: 1793, height: 2689 },
      { width: 896, height: 1344 },
    ],
  ])('of %j is %j', (size, target) => {
    expect(calculateTargetDimensions(size, nova)).toEqual(target);
  });

  it('follows another profile, down to one pixel', () => {
    expect(calculateTargetDimensions({ width: 3000, height: 2000 }, { shorterSide: 1092 })).toEqual({
      width: 1638,
      height: 1092,
    });
    expect(calculateTargetDimensions({ width: 30_000, height: 2 }, { shorterSide: 1 })).toEqual({
      width: 15_000,
      height: 1,
    });
  });
});

describe('a proxy', () => {
  it.each([
    [896, 896, false],
    [897, 896, false],
    [897, 897, true],
    [896, 30_000, false],
    [1, 1, false],
  ])('of %i x %i is needed: %s', (width, height, isNeeded) => {
    expect(needsProxy({ width, height }, nova)).toBe(isNeeded);
  });
});

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
