import { expect, it } from 'vitest';
import { byGiven, isUnfinished, summarise, type UploadEntry } from '../../../src/web/uploads/entry.ts';
import { takeIn } from '../../../src/web/uploads/intake.ts';
import type { Found } from '../../../src/web/uploads/walk.ts';

const count = 70_000;
const facts = {
  targets: [{ key: 'photos', label: 'Photos', mediaType: 'IMAGE', isDefault: true, state: 'ONLINE' }],
  maxBytes: 1_000,
} as const;

/** A folder of so many photos, of which each is looked at only when it is wanted; every tenth is no photo. */
function folderOf(files: number) {
  const seen = { looked: 0 };
  function* found(): Generator<Found> {
    for (let at = 0; at < files; at++) {
      seen.looked++;
      const name = at % 10 === 9 ? `${at}.txt` : `${at}.jpg`;
      const file = { name, size: 2, lastModified: at, type: '' } as File;
      yield { name, file, folder: `Trip/${at % 7}`, handle: null, root: null };
    }
  }
  return { seen, found };
}

/** A queue as far as the intake needs one. */
function openQueue() {
  const entries = new Map<string, UploadEntry>();
  const batches: { size: number; aheadOfThem: number }[] = [];
  const again: UploadEntry[] = [];
  const take = (found: Iterable<Found>, looked = () => 0) =>
    takeIn(found, {
      entries,
      owner: 'page',
      sources: { add: () => undefined, nameRoot: () => 'root' },
      facts,
      giveAgain: (entry) => {
        entry.state = 'waiting';
        again.push(entry);
      },
      async add(batch) {
        for (const entry of batch) entries.set(entry.id, entry);
        batches.push({ size: batch.length, aheadOfThem: looked() - entries.size });
        await Promise.resolve();
      },
    });
  return { entries, batches, again, take };
}

const isOpen = (...states: UploadEntry['state'][]) =>
  isUnfinished(summarise(states.map((state) => ({ state, size: 1, sentBytes: 0 }) as UploadEntry)));

it('takes a folder of 70 000 files in by small parts, reads no further ahead, and refuses at once what does not fit', async () => {
  const { entries, batches, take } = openQueue();
  const { found, seen } = folderOf(count);
  expect(await take(found(), () => seen.looked)).toEqual({ found: count, taken: count });
  expect(Math.max(...batches.map(({ size }) => size))).toBeLessThanOrEqual(200);
  // The page draws and answers between two parts.
  expect(new Set(batches.map(({ aheadOfThem }) => aheadOfThem))).toEqual(new Set([0]));
  const summary = summarise(entries.values());
  expect(summary).toMatchObject({ total: count, totalBytes: 2 * 63_000, doneBytes: 0, isOpen: true });
  expect(summary.counts).toMatchObject({ waiting: 63_000, refused: 7_000 });
  expect(isUnfinished(summary)).toBe(true);
});

it('takes none of 70 000 files twice, and knows each again that was lost with a reload', async () => {
  const { again, entries, take } = openQueue();
  await take(folderOf(count).found());
  const open = [...entries.values()].filter(({ state }) => state === 'waiting');
  // What was refused had its say, and may be given anew.
  expect(await take(folderOf(9).found())).toEqual({ found: 9, taken: 0 });
  for (const entry of open) entry.state = 'lost';
  expect(await take(folderOf(count).found())).toMatchObject({ found: count, taken: count });
  expect(again).toEqual(open);
  expect(await take([])).toEqual({ found: 0, taken: 0 });
});

it('keeps the order in which 70 000 files were given over a reload, which keeps them by their names', () => {
  const given = Array.from({ length: count }, (_, at) => `page-${at + 1}`);
  const kept = given.toSorted();
  expect(kept).not.toEqual(given);
  expect(kept.map((id) => ({ id })).toSorted(byGiven)).toEqual(given.map((id) => ({ id })));
  // Those of a page stay together.
  const mixed = ['b-2', 'a-10', 'b-1', 'a-9'].map((id) => ({ id }));
  expect(mixed.toSorted(byGiven).map(({ id }) => id)).toEqual(['a-9', 'a-10', 'b-1', 'b-2']);
});

it('is finished when all has ended, whatever became of it, and not while something waits for a person', () => {
  expect([isOpen(), isOpen('stored', 'known', 'refused', 'failed')]).toEqual([false, false]);
  expect(
    (['waiting', 'checking', 'sending', 'paused', 'lost'] as const).map((state) => isOpen('stored', state)),
  ).toEqual(Array(5).fill(true));
});
