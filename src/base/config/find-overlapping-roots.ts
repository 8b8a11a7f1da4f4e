import { posix, win32 } from 'node:path';
import type { CategoryConfig } from './media-config.ts';
import { isWindowsPath } from './root-path.ts';

type Root = Pick<CategoryConfig, 'key' | 'rootPath'>;

interface Overlap {
  warning: string;
  /** Which of the categories is the later one of the two. */
  index: number;
}

/**
 * Yields a warning for each two categories that share files: their roots are the same, or one lies inside the other.
 */
export function* findOverlappingRoots(categories: readonly Root[]): Generator<string> {
  for (const { warning } of findOverlaps(categories)) yield warning;
}

/** The same, with the place of the later category of each two. */
export function* findOverlaps(categories: readonly Root[]): Generator<Overlap> {
  for (const [first, category] of categories.entries()) {
    for (const [index, other] of categories.entries()) {
      const overlap = index > first && describeOverlap(category, other);
      if (overlap) yield { warning: `${overlap}: a file there is catalogued once for each of them.`, index };
    }
  }
}

function describeOverlap(one: Root, other: Root): string | undefined {
  const oneHoldsOther = holds(one.rootPath, other.rootPath);
  const otherHoldsOne = holds(other.rootPath, one.rootPath);
  if (oneHoldsOther && otherHoldsOne)
    return `The categories ${one.key} and ${other.key} have the same root, ${one.rootPath}`;
  if (oneHoldsOther) return `The root of ${other.key}, ${other.rootPath}, lies inside that of ${one.key}`;
  if (otherHoldsOne) return `The root of ${one.key}, ${one.rootPath}, lies inside that of ${other.key}`;
  return undefined;
}

/**
 * Whether the path is the folder or lies inside it, by the rules of the paths' own system. That need not be this one,
 * so `isWithin` would not do: Windows knows neither case nor one separator.
 */
function holds(folder: string, path: string): boolean {
  if (isWindowsPath(folder) !== isWindowsPath(path)) return false;
  const flavour = isWindowsPath(folder) ? win32 : posix;
  const relativePath = flavour.relative(folder, path);
  const leadsOut = relativePath === '..' || relativePath.startsWith(`..${flavour.sep}`);
  return !leadsOut && !flavour.isAbsolute(relativePath);
}
