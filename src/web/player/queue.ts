import { BlockStore, type FetchPage } from '../list/block-store.ts';
import type { SectionIndex } from '../list/sections.ts';
import type { Tile } from '../media/list-documents.ts';

/** What is played one after the other: as long as the list that it was started from, whose parts are loaded when they are needed. */
export interface Queue {
  total: number;
  /** Gives what stands at a place; undefined where there is nothing any more. Rejects where it could not be read. */
  itemAt(at: number): Promise<Tile | undefined>;
}

export interface Track {
  tile: Tile;
  at: number;
}

/** A queue of tracks that are known. */
export function queueOf(tiles: readonly Tile[]): Queue {
  return { total: tiles.length, itemAt: (at) => Promise.resolve(tiles[at]) };
}

/** A queue along a list, which goes on when nobody looks at the list any more. */
export function queueOfList(index: SectionIndex, pages: FetchPage<Tile>): Queue {
  const store = new BlockStore<Tile>(index, pages, { maxBlocks: 3, maxRequests: 1 });
  // One after the other: what a store is asked for takes the place of what it was asked for before.
  let last: Promise<unknown> = Promise.resolve();
  return {
    total: index.total,
    itemAt(at) {
      if (at < 0 || at >= index.total) return Promise.resolve(undefined);
      const item = last.then(() => load(store, at));
      last = item.catch(() => undefined); // whoever asked for it is told
      return item;
    },
  };
}

function load(store: BlockStore<Tile>, at: number): Promise<Tile | undefined> {
  return new Promise((resolve, reject) => {
    let stop = (): void => undefined;
    const look = () => {
      const state = store.stateAt(at);
      if (state === 'loading' || state === 'unknown') return;
      stop();
      if (state === 'loaded') resolve(store.itemAt(at));
      else reject(new Error(`the list could not be read at ${at}`));
    };
    if (store.stateAt(at) === 'failed') store.retry();
    stop = store.subscribe(look);
    store.want(at, at + 1);
    look();
  });
}

/** How far it is looked for music among pictures and films. */
const farthest = 2_000;

/** Returns the next track from a place on, in steps of 1 or back in steps of -1; null where there is none. */
export async function findTrack(queue: Queue, from: number, by: 1 | -1): Promise<Track | null> {
  for (let at = from, looked = 0; at >= 0 && at < queue.total && looked < farthest; at += by, looked++) {
    const tile = await queue.itemAt(at);
    if (tile?.mediaType === 'AUDIO') return { tile, at };
  }
  return null;
}
