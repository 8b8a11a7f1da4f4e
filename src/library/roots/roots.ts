import { setTimeout } from 'node:timers/promises';
import { orAfter } from '../../base/async/or-after.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';
import { readKnownFiles } from './sql/read-known-files.ts';
import { identifySameRoot } from './identify-same-root.ts';
import { identifyRoot, isSameFolder, recogniseRoot, type Recognition, type RootIdentity } from './recognise-root.ts';
import { clearMarkerRemains, writeRootMarker } from './root-marker.ts';

type Category = Pick<CategoryConfig, 'key' | 'rootPath'>;

/** The root folders of the categories: whether each is the one that was scanned, with its disk mounted. */
export interface Roots {
  /** Recognises the root as it is now; answers within the minute that a disk may need to wake up. */
  recognise(category: Category): Promise<Recognition>;
  /** Recognises the root as it was a second ago at most; answers within seconds, so that many requests may ask. */
  recogniseOften(category: Category): Promise<Recognition>;
  /** Says why the root is not there, as part of a sentence; null where it is there. Many requests may ask. */
  whyOffline(category: Category): Promise<string | null>;
  /**
   * Remembers what the root is recognised by, after a scan that found files in it, and writes a marker into it unless the
   * category has none or the root cannot be written to. Does nothing where another folder is in its place by now. Needs
   * the category's row in `category_scans`. `others` are the categories that may share the root: a marker that replaces a
   * lost one is remembered for them too.
   */
  remember(
    category: Category & Pick<CategoryConfig, 'rootMarker'>,
    root: RootIdentity,
    others?: readonly Category[],
  ): Promise<void>;
  /**
   * Identifies the root, if it is still the folder that was seen before, also where the scan of another category has put a
   * marker into it since. Returns null where another folder or none is there.
   */
  identifySame(category: Category, before: RootIdentity): Promise<RootIdentity | null>;
}

const freshMs = 1_000;
const notedWithinMs = 5_000;

/** The identities of the roots by category key; null for one that is not known yet. */
type KnownRoots = ReadonlyMap<string, RootIdentity | null>;

interface RootsOptions {
  database: Database;
  /**
   * Timeout of `recogniseOften`. A root that does not answer, as on a network share without its server, counts as
   * offline.
   */
  maxMs?: number;
  /** Timeout of `recognise`. */
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
    // A question that hangs occupies one of the threads that open all files, so no second one is asked beside it.
    if (last !== undefined && (last.isOpen || performance.now() - last.at < freshMs)) return within(maxMs, last);
    return within(maxMs, begin(category));
  }

  async function readKnown(): Promise<KnownRoots> {
    const scans = await database.prisma.categoryScan.findMany();
    return new Map(scans.map((scan) => [scan.category, scan.rootIdentity as RootIdentity | null]));
  }

  async function store(keys: string[], rootIdentity: RootIdentity): Promise<void> {
    await database.prisma.categoryScan.updateMany({ where: { category: { in: keys } }, data: { rootIdentity } });
  }

  /** Another scan may have marked the root since: what it noted stays. */
  async function storeInsteadOf(known: RootIdentity, category: string, rootIdentity: RootIdentity): Promise<void> {
    const where = { category, rootIdentity: { equals: known } };
    await database.prisma.categoryScan.updateMany({ where, data: { rootIdentity } });
  }

  /** Whether a category is known by the marker. Whoever writes one notes it right after, so this waits for a while. */
  async function isNotedSoon(marker: string): Promise<boolean> {
    const end = performance.now() + notedWithinMs;
    while (![...(await readKnown()).values()].some((root) => root?.marker === marker)) {
      if (performance.now() > end) return false;
      await setTimeout(50);
    }
    return true;
  }

  return {
    async recognise(category) {
      const last = recent.get(keyOf(category));
      // The open question may be older than what the caller did, so its answer counts only where it is that the root hangs.
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
    async remember({ key, rootPath, rootMarker }, root, others = []) {
      // The folder is looked at afterwards: where a marker that is noted here is not there then, it was lost.
      const known = await readKnown();
      const present = await identifySameRoot(rootPath, root, isNotedSoon);
      if (present === null) return;
      const sharing = present.marker === null ? await findSharing(key, present, known, others) : [];
      // This comes before a marker is written: a marker that was not stored, after a kill or a swap, means nothing then.
      await store([key], present);
      for (const other of sharing) await storeInsteadOf(known.get(other) as RootIdentity, other, present);
      const isNewMarker = present.marker !== null && present.marker !== known.get(key)?.marker;
      if (isNewMarker) await clearMarkerRemains(rootPath).catch(() => undefined); // It may be read-only.
      if (!rootMarker || present.marker !== null) return;
      // The ID is always new: a marker that was hidden by a mount must not be taken for that of the disk.
      const marker = await writeRootMarker(rootPath);
      // Another folder may have got the marker, and another category's scan may have been first.
      const isNoted = async (id: string) => id === marker || isNotedSoon(id);
      const marked = await identifySameRoot(rootPath, present, isNoted);
      if (marked !== null && marked.marker !== null) await store([key, ...sharing], marked);
    },
    identifySame: ({ rootPath }, before) => identifySameRoot(rootPath, before, isNotedSoon),
  };
}

/**
 * Finds the other categories of this root, by the marker that they know it by: their stored identities must not keep the ID
 * of a marker that is gone. A copy of the root on another disk has the same one.
 */
async function findSharing(
  key: string,
  present: RootIdentity,
  known: KnownRoots,
  others: readonly Category[],
): Promise<string[]> {
  const own = known.get(key);
  if (!own || own.marker === null) return [];
  const sharing: string[] = [];
  for (const [category, other] of known) {
    if (category === key || other === null || other.marker !== own.marker) continue;
    const rootPath = others.find((configured) => configured.key === category)?.rootPath;
    const there = rootPath === undefined ? null : await identifyRoot(rootPath);
    // What was noted of its folder may be from another machine, and from before its disk was numbered anew.
    if (there === null ? isSameFolder(other, own) : isSameFolder(there, present)) sharing.push(category);
  }
  return sharing;
}

function keyOf({ key, rootPath }: Category): string {
  return `${key}:${rootPath}`;
}

async function within(maxMs: number, { at, isOpen, recognition }: Question): Promise<Recognition> {
  if (!isOpen) return recognition;
  return orAfter(recognition, Math.max(0, at + maxMs - performance.now()), hanging);
}

const hanging: Recognition = { state: 'OFFLINE', reason: 'its root folder does not answer', exists: true };
