import { expect, it } from 'vitest';
import { UnreadableFilmError } from '../../../../src/base/films/film-errors.ts';
import { decodeTiles } from '../../../../src/library/delivery/storyboards/render-storyboard.task.ts';

const frameOf = (width: number) => ({ width, height: 1, channels: 3 as const, data: Buffer.alloc(width * 3) });

/** Tells by its width which frame stands at each of the tiles. */
async function decode(frames: (number | null)[]): Promise<number[]> {
  const film = {
    async frame({ seconds }: { seconds: number }) {
      const width = frames[seconds / 10];
      if (width === undefined) throw new UnreadableFilmError('it ends here.');
      return width === null ? null : frameOf(width);
    },
  };
  const tiles = await decodeTiles(film, { intervalSeconds: 10, count: 6 });
  return tiles.map(({ width }) => width);
}

it.each([
  ['all that there are', [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
  ['the one before, where one is broken', [1, null, 3, null, null, 6], [1, 1, 3, 3, 3, 6]],
  ['the first, where those before it are broken', [null, null, 3, 4, null, 6], [3, 3, 3, 4, 4, 6]],
  ['those before a limit', [null, 2, 3], [2, 2, 3]],
  ['none, where all are broken', [null, null, null, null, null, null], []],
])('a storyboard has at each place %s', async (_, frames, tiles) => {
  expect(await decode(frames)).toEqual(tiles);
});
