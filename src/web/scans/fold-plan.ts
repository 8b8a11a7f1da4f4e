/** What folding needs to know of a planned change. */
interface Change {
  kind: string;
  category: string;
  path: string;
  fromCategory?: string | null;
  fromPath?: string | null;
}

/** Changes of one kind that happened together: to the files of one folder, or of a folder that was moved with all below it. */
export interface PlanGroup<Entry extends Change> {
  key: string;
  /** Where the files are; of losses, were. Empty for the root. */
  folder: string;
  /** Of moves: where they were. */
  fromFolder: string | null;
  /** They stayed in their folder, or what it became, under other names. */
  isRenamed: boolean;
  /** At least one, in the order in which they came. */
  entries: [Entry, ...Entry[]];
}

/**
 * Folds changes into groups, in the order of their first. Moves belong together that replace the same beginning of their paths by the
 * same other one: a folder that was moved is one group, with all folders in it.
 */
export function foldPlan<Entry extends Change>(entries: readonly Entry[]): PlanGroup<Entry>[] {
  const groups = new Map<string, { below: string[]; move: MoveFacts | null; entries: [Entry, ...Entry[]] }>();
  for (const entry of entries) {
    const move = typeof entry.fromPath === 'string' ? moveOf(entry.fromPath, entry.path) : null;
    const below = move === null ? foldersOf(entry.path) : move.below;
    const where = move === null ? below : [move.from, move.to, move.isRenamed];
    const key = JSON.stringify([entry.kind, entry.category, entry.fromCategory ?? null, where]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { below, move, entries: [entry] });
    else {
      group.entries.push(entry);
      group.below = commonStart(group.below, below);
    }
  }
  return [...groups].map(([key, { below, entries: folded, move }]) => ({
    key,
    folder: [...(move?.to ?? []), ...below].join('/'),
    fromFolder: move === null ? null : [...move.from, ...below].join('/'),
    isRenamed: move?.isRenamed ?? false,
    entries: folded,
  }));
}

interface MoveFacts {
  /** The beginnings of the two paths that differ, as folders. */
  from: string[];
  to: string[];
  /** The folders below them that are the same on both sides. */
  below: string[];
  isRenamed: boolean;
}

function moveOf(fromPath: string, toPath: string): MoveFacts {
  const [from, to] = [fromPath.split('/'), toPath.split('/')];
  if (from.at(-1) !== to.at(-1)) return { from: from.slice(0, -1), to: to.slice(0, -1), below: [], isRenamed: true };
  let same = 0;
  while (same < Math.min(from.length, to.length) && from.at(-1 - same) === to.at(-1 - same)) same++;
  return {
    from: from.slice(0, -same),
    to: to.slice(0, -same),
    below: to.slice(to.length - same, -1),
    isRenamed: false,
  };
}

const foldersOf = (path: string) => path.split('/').slice(0, -1);

function commonStart(a: readonly string[], b: readonly string[]): string[] {
  const end = a.findIndex((step, at) => step !== b[at]);
  return end < 0 ? [...a] : a.slice(0, end);
}
