import { Anchors } from './anchors.ts';
import { placeOf, type SectionIndex } from './sections.ts';

/** How many items are asked for at once. */
export const blockSize = 100;

/** What the list asks the service for: items that follow a cursor, after some are left out. */
export interface PageRequest {
  after: string | null;
  skip: number;
  first: number;
}

export interface Page<Item> {
  items: readonly Item[];
  /** After it come the items that follow the last one; null for an empty page. */
  endCursor: string | null;
}

export type FetchPage<Item> = (request: PageRequest, signal: AbortSignal) => Promise<Page<Item>>;

interface Block<Item> {
  state: 'loading' | 'loaded' | 'failed';
  items: readonly Item[];
  controller: AbortController | null;
  lastUsed: number;
}

export interface BlockStoreOptions {
  /** Kept at most; the longest unused ones are forgotten. */
  maxBlocks?: number;
  /** Asked for at once. */
  maxRequests?: number;
  /** Is called for each failure, beside the block that shows it. */
  onFailure?: (error: unknown) => void;
}

/**
 * The loaded parts of a list of any length: blocks of `blockSize` items, asked for when they are seen, dropped when they are passed
 * before they came, forgotten when others are needed more. A block lies within one section.
 */
export class BlockStore<Item extends { id: string }> {
  readonly #index: SectionIndex;
  readonly #fetchPage: FetchPage<Item>;
  readonly #maxBlocks: number;
  readonly #maxRequests: number;
  readonly #onFailure: (error: unknown) => void;
  readonly #blocks = new Map<string, Block<Item>>();
  readonly #anchors: Anchors;
  readonly #listeners = new Set<() => void>();
  #wanted: { section: number; block: number }[] = [];
  #seen: readonly [from: number, to: number] = [0, 0];
  #clock = 0;
  #version = 0;

  constructor(index: SectionIndex, fetchPage: FetchPage<Item>, options: BlockStoreOptions = {}) {
    this.#index = index;
    this.#anchors = new Anchors(index);
    this.#fetchPage = fetchPage;
    this.#maxBlocks = options.maxBlocks ?? 60;
    this.#maxRequests = options.maxRequests ?? 2;
    this.#onFailure = options.onFailure ?? (() => undefined);
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with everything that `itemAt` and `stateAt` may say. */
  readonly version = (): number => this.#version;

  /** Returns the item with a number in the list; undefined while it is not loaded. */
  itemAt(item: number): Item | undefined {
    const { section, block, within } = this.#locate(item);
    return this.#blocks.get(keyOf(section, block))?.items[within];
  }

  /** Returns what is known of the block with an item. */
  stateAt(item: number): 'unknown' | Block<Item>['state'] {
    const { section, block } = this.#locate(item);
    return this.#blocks.get(keyOf(section, block))?.state ?? 'unknown';
  }

  /** Returns the number of a loaded item. */
  find(id: string): number | undefined {
    for (const [key, { items }] of this.#blocks) {
      const within = items.findIndex((item) => item.id === id);
      if (within >= 0) return this.#numberOf(key, within);
    }
    return undefined;
  }

  /** Asks for what is seen between two numbers, the end excluded, and drops what was asked for and is not seen any more. */
  want(from: number, to: number): void {
    this.#seen = [from, to];
    this.#wanted = this.#blocksBetween(from, to);
    this.#clock++;
    const seen = new Set(this.#wanted.map(({ section, block }) => keyOf(section, block)));
    for (const [key, block] of this.#blocks) {
      if (seen.has(key)) block.lastUsed = this.#clock;
      else if (block.state === 'loading') {
        block.controller?.abort();
        this.#blocks.delete(key);
      }
    }
    this.#fill();
  }

  /** What was wanted last: from one number to before another one. */
  seen(): readonly [from: number, to: number] {
    return this.#seen;
  }

  /** Wants what lies between two numbers, and waits until it is there, or failed. */
  async load(from: number, to: number, signal: AbortSignal): Promise<void> {
    this.want(from, to);
    const isSettled = () =>
      this.#blocksBetween(from, to).every(({ section, block }) => isOver(this.#blocks.get(keyOf(section, block))));
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!isSettled() && !signal.aborted) return;
        stop();
        resolve();
      };
      const stop = this.subscribe(look);
      signal.addEventListener('abort', look, { once: true });
      look();
    });
  }

  /** The blocks that are there, by the number of their first item. */
  loaded(): { first: number; items: readonly Item[] }[] {
    return [...this.#blocks]
      .filter(([, { state }]) => state === 'loaded')
      .map(([key, { items }]) => ({ first: this.#numberOf(key, 0), items }));
  }

  /** Asks again for the blocks that failed. */
  retry(): void {
    for (const [key, { state }] of this.#blocks) if (state === 'failed') this.#blocks.delete(key);
    this.#changed();
    this.#fill();
  }

  /** Shows an item as it is now, where it is loaded. */
  replace(item: Item): void {
    for (const block of this.#blocks.values()) {
      const at = block.items.findIndex(({ id }) => id === item.id);
      if (at < 0) continue;
      block.items = block.items.with(at, item);
      this.#changed();
      return;
    }
  }

  /** Drops everything that is under way. */
  close(): void {
    for (const { controller } of this.#blocks.values()) controller?.abort();
    this.#wanted = [];
  }

  #locate(item: number): { section: number; block: number; within: number } {
    const { section, offset } = placeOf(this.#index, item);
    return { section, block: Math.floor(offset / blockSize), within: offset % blockSize };
  }

  #numberOf(key: string, within: number): number {
    const [section = 0, block = 0] = key.split(':').map(Number);
    return (this.#index.starts[section] ?? 0) + block * blockSize + within;
  }

  #blocksBetween(from: number, to: number): { section: number; block: number }[] {
    const found: { section: number; block: number }[] = [];
    let item = Math.max(0, from);
    while (item < Math.min(to, this.#index.total)) {
      const { section, block } = this.#locate(item);
      found.push({ section, block });
      const start = this.#index.starts[section] ?? 0;
      item = Math.min(start + (block + 1) * blockSize, this.#index.starts[section + 1] ?? Infinity);
    }
    return found;
  }

  #fill(): void {
    let underWay = [...this.#blocks.values()].filter(({ state }) => state === 'loading').length;
    for (const { section, block } of this.#wanted) {
      if (underWay >= this.#maxRequests) return;
      if (this.#blocks.has(keyOf(section, block))) continue;
      underWay++;
      void this.#load(section, block);
    }
  }

  async #load(section: number, block: number): Promise<void> {
    const key = keyOf(section, block);
    const controller = new AbortController();
    const entry: Block<Item> = { state: 'loading', items: [], controller, lastUsed: this.#clock };
    this.#blocks.set(key, entry);
    try {
      const page = await this.#fetchBlock(section, block * blockSize, controller.signal);
      if (this.#blocks.get(key) !== entry) return;
      entry.state = 'loaded';
      entry.items = page.items;
      if (page.endCursor !== null) this.#anchors.note(section, block * blockSize + page.items.length, page.endCursor);
      this.#forget();
    } catch (error) {
      if (this.#blocks.get(key) !== entry || controller.signal.aborted) return;
      entry.state = 'failed';
      this.#onFailure(error);
    }
    this.#changed();
    this.#fill();
  }

  async #fetchBlock(section: number, offset: number, signal: AbortSignal): Promise<Page<Item>> {
    const { count = 0 } = this.#index.sections[section] ?? {};
    for (;;) {
      const { anchor, skip, isNear } = this.#anchors.choose(section, offset);
      if (isNear)
        return this.#fetchPage({ after: anchor.cursor, skip, first: Math.min(blockSize, count - offset) }, signal);
      // Too far for one step: the item on the way is asked for its cursor alone.
      const { endCursor } = await this.#fetchPage({ after: anchor.cursor, skip: skip - 1, first: 1 }, signal);
      if (endCursor === null) return { items: [], endCursor: null };
      this.#anchors.note(section, anchor.offset + skip, endCursor);
    }
  }

  #forget(): void {
    const loaded = [...this.#blocks].filter(([, { state }]) => state === 'loaded');
    const oldest = loaded.toSorted(([, a], [, b]) => a.lastUsed - b.lastUsed);
    for (const [key] of oldest.slice(0, Math.max(0, loaded.length - this.#maxBlocks))) this.#blocks.delete(key);
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

function isOver(block: { state: string } | undefined): boolean {
  return block?.state === 'loaded' || block?.state === 'failed';
}

function keyOf(section: number, block: number): string {
  return `${section}:${block}`;
}
