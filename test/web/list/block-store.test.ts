import { expect, it, vi } from 'vitest';
import { BlockStore, blockSize, type Page, type PageRequest } from '../../../src/web/list/block-store.ts';
import { indexSections } from '../../../src/web/list/sections.ts';

interface Item {
  id: string;
  title?: string;
}

interface Asked extends PageRequest {
  signal: AbortSignal;
  answer: (error?: Error) => void;
}

/** A service with a list in which the cursor of an item is its number; requests are answered by the test, or at once. */
function serve(counts: number[], { isHeld = false } = {}) {
  const starts = counts.map((_, at) => counts.slice(0, at).reduce((sum, count) => sum + count, 0));
  const index = indexSections(
    counts.map((count, at) => ({ key: `s${at}`, count, cursor: String((starts[at] ?? 0) - 1) })),
  );
  const asked: Asked[] = [];
  const fetchPage = (request: PageRequest, signal: AbortSignal) =>
    new Promise<Page<Item>>((resolve, reject) => {
      const answer = (error?: Error) => {
        const first = Number(request.after ?? -1) + 1 + request.skip;
        const items = Array.from({ length: Math.min(request.first, index.total - first) }, (_, at) => ({
          id: String(first + at),
        }));
        if (error) reject(error);
        else resolve({ items, endCursor: items.at(-1)?.id ?? null });
      };
      asked.push({ ...request, signal, answer });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      if (!isHeld) answer();
    });
  return { index, asked, fetchPage };
}

const settled = () => new Promise((done) => setTimeout(done));

it('loads what is seen, a block at a time, and knows each item by its number', async () => {
  const { index, asked, fetchPage } = serve([250, 30]);
  const store = new BlockStore<Item>(index, fetchPage);
  store.want(90, 260);
  await vi.waitUntil(() => store.stateAt(250) === 'loaded');
  expect([90, 249, 250, 259].map((item) => store.itemAt(item)?.id)).toEqual(['90', '249', '250', '259']);
  expect(asked.map(({ first }) => first)).toEqual([100, 100, 50, 30]);
  expect(store.find('251')).toBe(251);
  expect(store.find('nobody')).toBeUndefined();
});

it('asks for two blocks at once, and drops what has been passed', async () => {
  const { index, asked, fetchPage } = serve([100_000], { isHeld: true });
  const store = new BlockStore<Item>(index, fetchPage);
  store.want(0, 500);
  expect(asked).toHaveLength(2);
  store.want(5_000, 5_100);
  expect(asked.slice(0, 2).map(({ signal }) => signal.aborted)).toEqual([true, true]);
  await settled();
  expect(asked).toHaveLength(3);
  asked[2]?.answer();
  await vi.waitUntil(() => store.stateAt(5_000) === 'loaded');
  expect([store.stateAt(0), store.itemAt(5_050)?.id]).toEqual(['unknown', '5050']);
});

it('lands far inside a section in steps that the service allows', async () => {
  const { index, asked, fetchPage } = serve([70_000]);
  const store = new BlockStore<Item>(index, fetchPage);
  store.want(45_000, 45_001);
  await vi.waitUntil(() => store.stateAt(45_000) === 'loaded');
  expect(store.itemAt(45_000)?.id).toBe('45000');
  expect(Math.max(...asked.map(({ skip }) => skip))).toBeLessThanOrEqual(10_000);
  expect(asked).toHaveLength(5);
  store.want(45_100, 45_101);
  await vi.waitUntil(() => store.stateAt(45_100) === 'loaded');
  // The block before has told where this one begins.
  expect(asked.at(-1)).toMatchObject({ after: '45099', skip: 0 });
});

it('forgets what was seen longest ago', async () => {
  const { index, fetchPage } = serve([10_000]);
  const store = new BlockStore<Item>(index, fetchPage, { maxBlocks: 3 });
  for (const block of [0, 1, 2, 3]) {
    store.want(block * blockSize, block * blockSize + 1);
    await vi.waitUntil(() => store.stateAt(block * blockSize) === 'loaded');
  }
  expect([0, 100, 200, 300].map((item) => store.stateAt(item))).toEqual(['unknown', 'loaded', 'loaded', 'loaded']);
});

it('shows a failure where it happened, and tries again when it is told to', async () => {
  const { index, asked, fetchPage } = serve([300], { isHeld: true });
  const onFailure = vi.fn<(error: unknown) => void>();
  const store = new BlockStore<Item>(index, fetchPage, { onFailure });
  const changed = vi.fn<() => void>();
  store.subscribe(changed);
  store.want(0, 1);
  asked[0]?.answer(new Error('away'));
  await vi.waitUntil(() => store.stateAt(0) === 'failed');
  expect([onFailure.mock.calls.length, changed.mock.calls.length]).toEqual([1, 1]);
  store.retry();
  asked[1]?.answer();
  await vi.waitUntil(() => store.stateAt(0) === 'loaded');
});

it('changes an item in its place, and asks for nothing after its end', async () => {
  const { index, asked, fetchPage } = serve([10]);
  const store = new BlockStore<Item>(index, fetchPage);
  store.want(0, 10);
  await vi.waitUntil(() => store.stateAt(0) === 'loaded');
  const before = store.version();
  store.replace({ id: '4', title: 'changed' });
  store.replace({ id: 'elsewhere' });
  expect([store.itemAt(4)?.title, store.version()]).toEqual(['changed', before + 1]);
  store.close();
  expect(asked).toHaveLength(1);
});
