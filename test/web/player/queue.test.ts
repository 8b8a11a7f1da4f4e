import { expect, it } from 'vitest';
import { indexSections } from '../../../src/web/list/sections.ts';
import type { FetchPage } from '../../../src/web/list/block-store.ts';
import type { Tile } from '../../../src/web/media/list-documents.ts';
import { findTrack, queueOf, queueOfList } from '../../../src/web/player/queue.ts';

function tileOf(at: number, mediaType: Tile['mediaType'] = 'AUDIO'): Tile {
  return { id: String(at), title: `Track ${at}`, mediaType } as Tile;
}

/** A list whose cursors are numbers; what was asked for is noted. */
function listOf(total: number, kindOf: (at: number) => Tile['mediaType'] = () => 'AUDIO') {
  const asked: [number, number][] = [];
  const pages: FetchPage<Tile> = ({ after, first, skip }) => {
    const from = Number(after ?? 0) + skip;
    asked.push([from, first]);
    const items = Array.from({ length: Math.min(first, total - from) }, (_, at) =>
      tileOf(from + at, kindOf(from + at)),
    );
    return Promise.resolve({ items, endCursor: String(from + items.length) });
  };
  return { asked, pages, index: indexSections([{ key: '', count: total, cursor: null }]) };
}

it('goes on over the edges of what is loaded, to the end of the list and back', async () => {
  const { asked, index, pages } = listOf(1000);
  const queue = queueOfList(index, pages);
  const titles: (string | undefined)[] = [];
  for (const at of [98, 99, 100, 101, 100, 99, 999, 1000]) titles.push((await queue.itemAt(at))?.title);
  const loaded = [98, 99, 100, 101, 100, 99, 999].map((at) => `Track ${at}`);
  expect(titles).toEqual([...loaded, undefined]);
  expect(asked.length).toBeLessThanOrEqual(4);
  // Whoever asks at the same time is not passed over.
  const both = await Promise.all([queue.itemAt(450), queue.itemAt(750), queue.itemAt(451)]);
  expect(both.map((tile) => tile?.title)).toEqual(['Track 450', 'Track 750', 'Track 451']);
});

it('passes over pictures and films on the way to the next track, and ends where there is none', async () => {
  const { index, pages } = listOf(300, (at) => (at % 150 === 149 ? 'AUDIO' : 'IMAGE'));
  const queue = queueOfList(index, pages);
  expect((await findTrack(queue, 0, 1))?.at).toBe(149);
  expect((await findTrack(queue, 150, 1))?.at).toBe(299);
  expect((await findTrack(queue, 298, -1))?.at).toBe(149);
  expect(await findTrack(queue, 300, 1)).toBeNull();
  expect(await findTrack(queueOf([tileOf(0, 'VIDEO')]), 0, 1)).toBeNull();
});

it('says when the list could not be read, and reads it the next time', async () => {
  const { index, pages } = listOf(5);
  let isAway = true;
  const queue = queueOfList(index, (request, signal) =>
    isAway ? Promise.reject(new Error('away')) : pages(request, signal),
  );
  await expect(queue.itemAt(2)).rejects.toThrow('the list could not be read at 2');
  isAway = false;
  expect((await queue.itemAt(2))?.title).toBe('Track 2');
});
