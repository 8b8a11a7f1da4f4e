import { expect, it, vi } from 'vitest';
import { UnknownCategoryError } from '../../src/catalogue/media-errors.ts';
import { scanPlaces } from '../../src/watch/scan-places.ts';

it('keeps what happened in other categories when one left the configuration', async () => {
  const start = vi.fn<() => Promise<never>>().mockRejectedValue(new UnknownCategoryError(['gone'], ['photos']));
  const options = { scanner: { start }, jobs: { waitFor: vi.fn<() => never>() }, log: { warn() {} }, quietMs: 0 };
  expect(await scanPlaces(options, ['gone/a', 'photos/b/c', 'photos'])).toEqual([
    { category: 'photos', place: 'b/c' },
    { category: 'photos', place: '' },
  ]);
});
