import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';
import { readKnownFiles } from './sql/read-known-files.ts';
import { identifySameRoot, isSameFolder } from './identify-same-root.ts';
import { identifyRoot, recogniseRoot, type Recognition, type RootIdentity } from './recognise-root.ts';
import { writeRootMarker } from './root-marker.ts';

type Category = Pick<CategoryConfig, 'key' | 'rootPath'>;

/** The root folders of the categories: whether each is the one that was scanned, with its disk mounted. */
export interface Roots {
  /** Looks now, and waits up to the minute that a disk may need to wake up. */
  recognise(category: Category): Promise<Recognition>;
  /** Answers from a look that is a second old at most, within seconds: cheap enough for many requests. */
  recogniseOften(category: Category): Promise<Recognition>;
  /** Why the root is not there, as part of a sentence, of which many requests may ask; null where it is there. */
  whyOffline(category: Category): Promise<string | null>;
  /**
   * After a scan that found files in this root: remembers by what it is known again, with a marker in it unless the
   * category has none or the root cannot be written to. Does nothing where another folder is in its place by now. Needs
   * the category's row of scans.
   */
  remember(category: Category & Pick<CategoryConfig, 'rootMarker'>, root: RootIdentity): Promise<void>;
}

const freshMs = 1_000;

/** What the roots of categories are known by, by their keys; null for one that is not known yet. */
type KnownRoots = ReadonlyMap<string, RootIdentity | null>;

interface RootsOptions {
  database: Database;
  /** A root that says nothing for so long, such as that of a network share whose server is gone, counts as offline. */
  maxMs?: number;
  /** The same for who asks as of now. */
  maxNowMs?: number;
}

interface Question {
  at: number;
  isOpen: boolean;
  recognition: Promise<Recognition>;
}

export function createRoots({ database, maxMs = 5_000, maxNowMs = 60_000 }: RootsOptions): Roots {
  const recent = new Map<string, Question>();

  async function ask(category: Category): Promise<Recognition> {
    const scan = await database.prisma.categoryScan.findUnique({ where: { category: category.key } });
    return recogniseRoot({
      rootPath: category.rootPath,
      expected: (scan?.rootIdentity ?? null) as RootIdentity | null,
      readSample: () => readKnownFiles(database, category.key),
    });
  }

  function begin(category: Category): Question {
    const question: Question = { at: performance.now(), isOpen: true, recognition: ask(category) };
    recent.set(keyOf(category), question);
    question.recognition.then(
      () => (question.isOpen = false),
      () => recent.delete(keyOf(category)),
    );
    return question;
  }

  function recogniseOften(category: Category): Promise<Recognition> {
    const last = recent.get(keyOf(category));
    // One that hangs holds a thread of those that all files are opened by: nobody asks a second time beside it.
    if (last !== undefined && (last.isOpen || performance.now() - last.at < freshMs)) return within(maxMs, last);
    return within(maxMs, begin(category));
  }

  async function readKnown(): Promise<KnownRoots> {
    const scans = await database.prisma.categoryScan.findMany();
    return new Map(scans.map((scan) => [scan.category, scan.rootIdentity as RootIdentity | null]));
  }

  async function note(keys: string[], rootIdentity: RootIdentity): Promise<void> {
    await database.prisma.categoryScan.updateMany({ where: { category: { in: keys } }, data: { rootIdentity } });
  }

  return {
    async recognise(category) {
      const last = recent.get(keyOf(category));
      // It may have been asked before what the caller did. Where it has no answer either, that is the answer.
      if (last?.isOpen) {
        const answer = await within(maxNowMs, last).catch(() => null);
        if (answer === hanging) return hanging;
      }
      return within(maxNowMs, begin(category));
    },
    recogniseOften,
    async whyOffline(category) {
      const recognition = await recogniseOften(category);
      return recognition.state === 'OFFLINE' ? recognition.reason : null;
    },
    async remember({ key, rootPath, rootMarker }, root) {
      const known = await readKnown();
      const present =
        (await identifySameRoot(rootPath, root)) ?? (await identifyMarkedMeanwhile(rootPath, root, known));
      if (present === null) return;
      const keys = present.marker === null ? [key, ...othersInSameRoot(key, known)] : [key];
      // Before a marker is written: one that a kill or a swap keeps from being noted says nothing then.
      await note(keys, present);
      if (!rootMarker || present.marker !== null) return;
      // Always with a new ID: one that was hidden by a mount must not be taken for that of the disk.
      const marker = await writeRootMarker(rootPath);
      const marked = await identifyRoot(rootPath);
      // Another folder may have got it.
      if (marker !== null && marked?.marker === marker && isSameFolder(marked, present)) await note(keys, marked);
    },
  };
}

/** The other categories of this root: their expectations must not be left with the ID of a marker that is gone. */
function othersInSameRoot(key: string, known: KnownRoots): string[] {
  const own = known.get(key);
  if (!own || own.marker === null) return [];
  const isSame = (other: RootIdentity | null) =>
    other !== null && other.marker === own.marker && isSameFolder(other, own);
  return [...known].filter(([category, other]) => category !== key && isSame(other)).map(([category]) => category);
}

/** The folder that had no marker before and has got one since, for another category. Null where it is another folder. */
async function identifyMarkedMeanwhile(
  rootPath: string,
  before: RootIdentity,
  known: KnownRoots,
): Promise<RootIdentity | null> {
  const present = await identifyRoot(rootPath);
  if (present === null || before.marker !== null || !isSameFolder(present, before)) return null;
  return [...known.values()].some((other) => isDeepStrictEqual(other, present)) ? present : null;
}

function keyOf({ key, rootPath }: Category): string {
  return `${key}:${rootPath}`;
}

async function within(maxMs: number, { at, isOpen, recognition }: Question): Promise<Recognition> {
  if (!isOpen) return recognition;
  const answered = new AbortController();
  const left = Math.max(0, at + maxMs - performance.now());
  const tooLong = setTimeout(left, hanging, { signal: answered.signal, ref: false }).catch(() => hanging);
  return Promise.race([recognition, tooLong]).finally(() => answered.abort());
}

const hanging: Recognition = { state: 'OFFLINE', reason: 'its root folder does not answer', exists: true };
