import { join } from 'node:path';
import { toSegments, type PathMapping } from '../map-path.ts';
import { joinSegments, type CommonFolder } from './common-folders.ts';

/**
 * Finds which folder of this machine a legacy folder may have become: that below which most of the sampled files are found again
 * by the ends of their paths. Null where none of them is.
 */
export async function suggestMapping(
  { path, samples }: Pick<CommonFolder, 'path' | 'samples'>,
  roots: readonly string[],
  isFile: (path: string) => Promise<boolean>,
): Promise<PathMapping | null> {
  const isShare = path.startsWith('\\\\');
  const votes = new Map<string, PathMapping & { count: number }>();
  for (const sample of samples) {
    const segments = toSegments(sample);
    // What lies at a root itself has no folder to name: not before the drive, the share, or the first folder.
    const first = isShare ? 3 : segments[0]?.key === 'windows' ? 2 : 1;
    for (const root of roots) {
      const depth = await findDepth(root, segments, Math.max(first, segments.length - mostDepth), isFile);
      if (depth === null) continue;
      const from = joinSegments(segments.slice(0, depth), isShare);
      const key = `${from.toLowerCase()}\0${root}`;
      votes.set(key, { from, to: root, count: (votes.get(key)?.count ?? 0) + 1 });
    }
  }
  const [best] = [...votes.values()].toSorted((a, b) => b.count - a.count);
  return best === undefined ? null : { from: best.from, to: best.to };
}

/** How many folders above a file are tried. */
const mostDepth = 8;

/** Returns how many segments the root stands for: the fewest with which the file is there. */
async function findDepth(
  root: string,
  segments: ReturnType<typeof toSegments>,
  first: number,
  isFile: (path: string) => Promise<boolean>,
): Promise<number | null> {
  for (let depth = first; depth < segments.length; depth += 1) {
    const below = segments.slice(depth).map(({ text }) => text);
    if (await isFile(join(root, ...below))) return depth;
  }
  return null;
}
