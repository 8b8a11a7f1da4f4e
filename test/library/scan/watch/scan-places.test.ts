import { describe, expect, it, vi } from 'vitest';
import { UnknownCategoryError } from '../../../../src/library/catalogue/media-errors.ts';
import { ScanAlreadyRunningError } from '../../../../src/library/scan/scan-errors.ts';
import { scanPlaces, scanRoots } from '../../../../src/library/scan/watch/scan-places.ts';

const running = new ScanAlreadyRunningError('1', ['photos']);

function optionsOf({ refusal, end }: { refusal?: Error; end?: object }) {
  const start = vi.fn<(request: object) => Promise<never>>();
  if (refusal === undefined) start.mockResolvedValue({ id: '1' } as never);
  else start.mockRejectedValue(refusal);
  return { scanner: { start }, jobs: { waitFor: async () => end as never }, log: { warn() {} }, quietMs: 0 };
}

describe('Places', () => {
  it('are kept in other categories when one left the configuration', async () => {
    const options = optionsOf({ refusal: new UnknownCategoryError(['gone'], ['photos']) });
    expect(await scanPlaces(options, ['gone/a', 'photos/b/c', 'photos'])).toEqual([
      { category: 'photos', place: 'b/c', pauseMs: 0 },
      { category: 'photos', place: '', pauseMs: 0 },
    ]);
  });

  it('are scanned again, after a while, where the scan failed', async () => {
    const options = optionsOf({ end: { status: 'FAILED', result: null } });
    const again = [{ category: 'photos', place: 'a', pauseMs: 60_000 }];
    expect(await scanPlaces(options, ['photos/a'])).toEqual(again);
    const unreachable = optionsOf({ refusal: new Error('the database is away') });
    expect(await scanPlaces(unreachable, ['photos/a'])).toEqual(again);
  });

  it('are scanned again where files were still changing, or another scan ran', async () => {
    const categories = [
      { category: 'photos', stillChanging: 1 },
      { category: 'films', stillChanging: 0 },
    ];
    const ended = optionsOf({ end: { status: 'SUCCEEDED', result: { categories } } });
    const again = [{ category: 'photos', place: 'a', pauseMs: 0 }];
    expect(await scanPlaces(ended, ['photos/a', 'films/b'])).toEqual(again);
    expect(await scanPlaces(optionsOf({ refusal: running }), ['photos/a'])).toEqual(again);
  });
});

describe('Roots without events', () => {
  it('are scanned as whole categories, and what is still changing is for the next time', async () => {
    const categories = [{ category: 'photos', stillChanging: 1 }];
    const options = optionsOf({ end: { status: 'SUCCEEDED', result: { categories } } });
    expect(await scanRoots(options, ['photos'])).toEqual([]);
    expect(options.scanner.start).toHaveBeenCalledWith({ categories: ['photos'], restMs: 0, requestedBy: 'watch' });
  });

  it('are scanned when the scan that runs has ended', async () => {
    const again = [{ category: 'photos', place: '', pauseMs: 0 }];
    expect(await scanRoots(optionsOf({ refusal: running }), ['photos'])).toEqual(again);
  });
});
