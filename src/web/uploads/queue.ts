import { execute } from '../api/execute.ts';
import { UploadTargetsDocument } from './documents.ts';
import type { Dropped } from './dropped.ts';
import { hasEnded, isUnfinished, summarise, type UploadEntry, type UploadState } from './entry.ts';
import { createFileSources } from './file-sources.ts';
import { openKeptQueue } from './kept-queue.ts';
import { takeIn } from './intake.ts';
import { lostRoots, ownersIn, takeUp } from './left-behind.ts';
import { owner, whenGone } from './owners.ts';
import { say } from '../ui/say.ts';
import { uploadTexts } from '../words/uploads.ts';
import { createPieces } from './pieces.ts';
import type { QueueView } from './queue-view.ts';
import { createRate } from './rate.ts';
import { sendEntry, type SendContext, type UploadFacts } from './send-entry.ts';
import { noteUnfinished } from './unfinished.ts';
import { keepLookFirst, looksFirst, readTargetChoice } from './targets.ts';
import { forgetPart, readMaxBytes } from './transfer.ts';
import { walkDropped, walkPicked, type Found } from './walk.ts';

const sendersAtOnce = 3;
const shownEveryMs = 200;

/** Files on their way to the service, of which a few are sent at once: all that is known of them outlives the page. */
function createUploadQueue() {
  const entries = new Map<string, UploadEntry>();
  const sources = createFileSources();
  const running = new Map<string, AbortController>();
  const rate = createRate();
  const listeners = new Set<() => void>();
  const kept = openKeptQueue();
  let facts: Promise<UploadFacts> | null = null;
  let isPaused = false;
  let trouble: string | null = null;
  let walked: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let view = look();

  const context: SendContext = {
    fileOf: ({ id }) => sources.open(id),
    facts: readFacts,
    choice: readTargetChoice,
    looksFirst,
    pieces: createPieces(),
    change,
    trouble: (text) => void (text !== trouble && show((trouble = text))),
    halt(text) {
      pauseAll();
      show((trouble = text));
    },
  };

  function look(): QueueView {
    const summary = summarise(entries.values());
    return { summary, rate: rate.perSecond(Date.now()), isPaused, trouble, walked };
  }

  /** Tells the components, a few times a second at most. */
  function show(_changed?: unknown): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      view = look();
      if (view.summary.counts.sending > 0) rate.note(view.summary.doneBytes, Date.now());
      noteUnfinished(isUnfinished(view.summary));
      for (const listener of listeners) listener();
    }, shownEveryMs);
  }

  function readFacts(): Promise<UploadFacts> {
    facts ??= Promise.all([execute(UploadTargetsDocument, {}), readMaxBytes()]).then(
      ([{ categories }, maxBytes]) => ({ targets: categories, maxBytes }),
      (error: unknown) => {
        facts = null;
        throw error;
      },
    );
    return facts;
  }

  function change(entry: UploadEntry, changes: Partial<UploadEntry>, isKept: boolean): void {
    Object.assign(entry, changes);
    if (isKept) void keep([entry]);
    show();
  }

  async function keep(some: readonly UploadEntry[]): Promise<void> {
    if (some.length === 0) return;
    const rows = some.map((entry) => ({ entry: { ...entry }, handle: sources.handleOf(entry.id) }));
    await (await kept).put(rows, sources.roots);
  }

  function pump(): void {
    if (isPaused) return;
    for (const entry of entries.values()) {
      if (running.size >= sendersAtOnce) return;
      if (entry.state === 'waiting' && !running.has(entry.id)) void run(entry);
    }
  }

  async function run(entry: UploadEntry): Promise<void> {
    const stop = new AbortController();
    running.set(entry.id, stop);
    try {
      await sendEntry(entry, context, stop.signal);
    } finally {
      running.delete(entry.id);
      // Stopped on its way: it goes on where it is.
      if (entry.state === 'checking' || entry.state === 'sending') change(entry, { state: 'waiting' }, false);
      else if (entry.state === 'stored') sources.remove(entry.id);
      show();
      pump();
    }
  }

  async function take(found: AsyncIterable<Found> | Iterable<Found>): Promise<void> {
    walked ??= 0;
    const { found: count, taken } = await takeIn(found, {
      entries,
      sources,
      owner,
      facts: await readFacts().catch(() => null),
      giveAgain,
      async add(batch) {
        for (const entry of batch) entries.set(entry.id, entry);
        walked = (walked ?? 0) + batch.length;
        show();
        pump();
        await keep(batch);
      },
    });
    walked = null;
    show();
    // Nothing is seen of it otherwise.
    if (taken === 0) say(count === 0 ? uploadTexts.nothingInIt : uploadTexts.inQueue);
  }

  function giveAgain(entry: UploadEntry, found: Found): void {
    sources.add(entry.id, found);
    change(entry, { state: 'waiting', message: null, root: found.root && sources.nameRoot(found.root) }, true);
    pump();
  }

  function pauseAll(): void {
    isPaused = true;
    for (const stop of running.values()) stop.abort();
    rate.reset();
    show();
  }

  function set(entry: UploadEntry, state: UploadState, changes: Partial<UploadEntry> = {}): void {
    running.get(entry.id)?.abort();
    change(entry, { state, message: null, ...changes }, true);
    pump();
  }

  /** Begins anew what was refused; a file whose name says nothing goes to the default category, which looks at its bytes. */
  async function retry(entry: UploadEntry): Promise<void> {
    if (!sources.has(entry.id)) return set(entry, 'lost');
    const { targets } = await readFacts();
    const category = entry.kind === null ? (targets.find(({ isDefault }) => isDefault)?.key ?? null) : null;
    set(entry, 'waiting', { category, sentBytes: 0, allowDuplicate: entry.state === 'known' });
  }

  async function adopt(other: string): Promise<void> {
    const mine = await takeUp(other, await kept, sources);
    // What a page had done is its own: the next one begins with what is left to do.
    if (mine.every(hasEnded)) return removeAll(mine.map(({ id }) => id));
    for (const entry of mine) entries.set(entry.id, entry);
    await keep(mine);
    show();
    pump();
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    view: () => view,
    facts: readFacts,
    /** Some of the entries that a list shows, in the order in which they were given. */
    some(isWanted: (entry: UploadEntry) => boolean, most: number): UploadEntry[] {
      const found: UploadEntry[] = [];
      for (const entry of entries.values()) {
        if (isWanted(entry) && found.push({ ...entry }) >= most) break;
      }
      return found;
    },
    addDropped: (dropped: readonly Dropped[]) => take(walkDropped(dropped)),
    addPicked: (files: Iterable<File>) => take(walkPicked(files)),
    pauseAll,
    resumeAll(): void {
      isPaused = false;
      trouble = null;
      facts = null;
      show();
      pump();
    },
    pause: (id: string) => withEntry(id, (entry) => set(entry, 'paused')),
    resume: (id: string) => withEntry(id, (entry) => set(entry, 'waiting')),
    retry: (id: string) => withEntry(id, (entry) => void retry(entry)),
    remove: (id: string) =>
      withEntry(id, (entry) => {
        running.get(id)?.abort();
        if (entry.url !== null && !hasEnded(entry)) void forgetPart(entry.url);
        removeAll([id]);
      }),
    clearDone: () => removeAll([...entries.values()].filter(hasEnded).map(({ id }) => id)),
    lostRoots: () => lostRoots(entries.values(), sources),
    async allowAgain(root: string): Promise<void> {
      if (!(await sources.askFor(root))) return;
      for (const entry of entries.values()) {
        if (entry.state === 'lost' && entry.root === root) change(entry, { state: 'waiting', message: null }, false);
      }
      pump();
    },
    looksFirst,
    lookFirst: (isWanted: boolean) => show(keepLookFirst(isWanted)),
    /** Takes up what other pages left, as soon as they are gone. */
    async restore(): Promise<void> {
      for (const other of await ownersIn(await kept)) void whenGone(other, () => adopt(other));
    },
  };

  function withEntry(id: string, act: (entry: UploadEntry) => void): void {
    const entry = entries.get(id);
    if (entry !== undefined) act(entry);
  }

  function removeAll(ids: readonly string[]): void {
    for (const id of ids) {
      entries.delete(id);
      sources.remove(id);
    }
    void kept.then((queue) => queue.remove(ids));
    show();
  }
}

export const uploads = createUploadQueue();
void uploads.restore();
