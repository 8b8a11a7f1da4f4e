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

/** The fingerprints of files that may be moved ones. Most are read while the survey goes on: threads have time then. */
export interface FingerprintsAhead {
  /** Takes a stretch of a category's survey, and has those files read that look like an item that is gone. */
  look(category: LocatedFile['category'], stretch: Pick<PlannedChanges, 'added' | 'updated' | 'lost'>): void;
  /**
   * Returns fingerprints in the order of the files; those not read yet are read now. Null stands for a file that cannot
   * be read.
   */
  of(files: readonly LocatedFile[]): Promise<(string | null)[]>;
}

/** A task holds its thread: this many are read soon, also from a disk that seeks. */
const filesPerTask = 500;

/** `isAhead`: items have fingerprints as a rule, so that what looks like one is worth reading before it is asked for. */
export function createFingerprintsAhead(
  pool: IdentifyPool,
  signal: AbortSignal,
  { isAhead }: { isAhead: boolean },
): FingerprintsAhead {
  // Size and time of what is gone, and by them the files that are new and like nothing so far.
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
      // Whoever asks for what could not be read hears why.
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

/** What reading files takes of the worker pool. */
export interface IdentifyPool {
  run(name: 'identifyFiles', input: IdentifyInput): Promise<(string | null)[]>;
}

const tasksAtOnce = 2;

/** What each file is known by, in their order, read by several threads. Throws the signal's reason when it aborts. */
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
