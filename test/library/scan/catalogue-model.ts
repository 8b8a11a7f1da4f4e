import { basename } from 'node:path/posix';

export interface ModelItem {
  id: number;
  path: string;
  content: string;
  status: 'AVAILABLE' | 'MISSING';
}

/**
 * What a scan ought to make of a catalogue when the disk holds these files: written down a second time, by sets and
 * without a thought of cost. Files that get a new item have the id 0.
 */
export function expectedItems(before: readonly ModelItem[], files: ReadonlyMap<string, string>): ModelItem[] {
  const byPath = new Map(before.map((item) => [item.path, item]));
  const isInPlace = (item: ModelItem) => files.get(item.path) === item.content;
  const appeared = [...files].filter(([path, content]) => byPath.get(path)?.content !== content);
  const vanished = before.filter((item) => !isInPlace(item));
  // A missing item counts with those that vanished now only where another file took its path.
  const now = vanished.filter((item) => item.status === 'AVAILABLE' || files.has(item.path));
  const earlier = vanished.filter((item) => !now.includes(item));
  const first = pair(now, appeared);
  const left = appeared.filter(([path]) => !first.settled.has(path));
  const targets = keepOccupied(new Map([...first.moves, ...pair(earlier, left).moves]), byPath);

  const items: ModelItem[] = before.map((item) => {
    const to = targets.get(item.id);
    if (to !== undefined) return { ...item, path: to, status: 'AVAILABLE' };
    const content = files.get(item.path);
    return content === undefined ? { ...item, status: 'MISSING' } : { ...item, content, status: 'AVAILABLE' };
  });
  const taken = new Set(items.map(({ path }) => path));
  for (const [path, content] of files) {
    if (!taken.has(path)) items.push({ id: 0, path, content, status: 'AVAILABLE' });
  }
  return items;
}

function pair(vanished: readonly ModelItem[], appeared: readonly (readonly [path: string, content: string])[]) {
  const moves = new Map<number, string>();
  const settled = new Set<string>();
  for (const content of new Set(vanished.map((item) => item.content))) {
    const items = vanished.filter((item) => item.content === content);
    const paths = appeared.filter(([, found]) => found === content).map(([path]) => path);
    if (paths.length === 0) continue;
    for (const path of paths) settled.add(path);
    const namesake = (item: ModelItem) => paths.find((path) => basename(path) === basename(item.path));
    if (items.length !== paths.length) continue;
    if (items.length === 1) moves.set(items[0]!.id, paths[0]!);
    else if (items.every((item) => namesake(item) !== undefined)) {
      for (const item of items) moves.set(item.id, namesake(item)!);
    }
  }
  return { moves, settled };
}

function keepOccupied(moves: Map<number, string>, byPath: ReadonlyMap<string, ModelItem>): Map<number, string> {
  for (;;) {
    const barred = [...moves].filter(([, path]) => byPath.has(path) && !moves.has(byPath.get(path)!.id));
    if (barred.length === 0) return moves;
    for (const [id] of barred) moves.delete(id);
  }
}
