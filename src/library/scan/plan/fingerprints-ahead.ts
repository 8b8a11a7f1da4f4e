import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import type { PlannedChanges } from '../survey/plan-changes.ts';
import { contentKeyOf } from '../../metadata/signature.ts';
import type { IdentifyInput } from './identify-files.task.ts';

/** A file, and the category whose root it lies below. */
export interface LocatedFile {
  category: Pick<CategoryConfig, 'rootPath'>;
  file: ScannedFile;
}

/** The fingerprints of files that may be moved ones. Most are read during the survey, when threads are idle. */
export interface FingerprintsAhead {
  /** Takes a stretch of a category's survey and starts to read those files that look like an item that is gone. */
  look(category: LocatedFile['category'], stretch: Pick<PlannedChanges, 'added' | 'updated' | 'lost'>): void;
  /**
   * Returns the fingerprints in the order of the files, and reads those not read yet. Null for one that cannot be
   * read.
   */
  of(files: readonly LocatedFile[]): Promise<(string | null)[]>;
}

/** How many files one task reads: it blocks its thread, and a disk that seeks reads so many in a short time too. */
const filesPerTask = 500;

/**
 * `isAhead`: most items have fingerprints, so that a file that looks like one is worth reading before it is asked for.
 */
export function createFingerprintsAhead(
  pool: IdentifyPool,
  signal: AbortSignal,
  { isAhead }: { isAhead: boolean },
): FingerprintsAhead {
  // The sizes and times of gone items, and by them the new files that are like no gone item so far.
  const gone = new Set<string>();
  const appeared = new Map<string, LocatedFile[]>();
  const known = new Map<ScannedFile, string | null>();
  let waiting: LocatedFile[] = [];
  let reading: Promise<void> = Promise.resolve();

  function goes(signature: string): void {
    const key = contentKeyOf(signature);
    gone.add(key);
    const alike = appeared.get(key);
    if (alike === undefined) return;
    appeared.delete(key);
    for (const located of alike) waiting.push(located);
  }

  function appears(located: LocatedFile): void {
    const key = contentKeyOf(located.file.signature);
    const alike = appeared.get(key);
    if (gone.has(key)) waiting.push(located);
    else if (alike === undefined) appeared.set(key, [located]);
    else alike.push(located);
  }

  async function read(files: readonly LocatedFile[]): Promise<void> {
    const prints = await identifyInPool(pool, files.map(locate), 'fingerprint', signal);
    files.forEach(({ file }, index) => known.set(file, prints[index] ?? null));
  }

  return {
    look(category, { added, updated, lost }) {
      if (!isAhead) return;
      for (const { signature } of lost) goes(signature);
      for (const { file, item, isReplaced } of updated) {
        if (!isReplaced) continue;
        goes(item.signature);
        appears({ category, file });
      }
      for (const file of added) appears({ category, file });
      if (waiting.length < filesPerTask) return;
      const batch = waiting;
      waiting = [];
      // An error is thrown again where `of` reads what could not be read here.
      reading = reading.then(() => read(batch)).catch(() => undefined);
    },
    async of(files) {
      await reading;
      await read(files.filter(({ file }) => !known.has(file)));
      return files.map(({ file }) => known.get(file) ?? null);
    },
  };
}

export function locate({ category, file }: LocatedFile): { rootPath: string; path: string } {
  return { rootPath: category.rootPath, path: file.relativePath };
}

/** What reading files needs of the worker pool. */
export interface IdentifyPool {
  run(name: 'identifyFiles', input: IdentifyInput): Promise<(string | null)[]>;
}

const tasksAtOnce = 2;

/**
 * Reads fingerprints or hashes in several threads, in the order of the files. Throws the signal's reason when it
 * aborts.
 */
export async function identifyInPool(
  pool: IdentifyPool,
  files: IdentifyInput['files'],
  by: IdentifyInput['by'],
  signal: AbortSignal,
): Promise<(string | null)[]> {
  const size = by === 'fingerprint' ? filesPerTask : 1;
  const results: (string | null)[] = Array.from({ length: files.length }, () => null);
  let next = 0;
  async function work(): Promise<void> {
    while (next < files.length) {
      signal.throwIfAborted();
      const start = next;
      next += size;
      const answers = await pool.run('identifyFiles', { files: files.slice(start, start + size), by });
      answers.forEach((answer, index) => (results[start + index] = answer));
    }
  }
  await Promise.all(Array.from({ length: tasksAtOnce }, work));
  return results;
}
