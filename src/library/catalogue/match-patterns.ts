import picomatch from 'picomatch';
import { createLeftOut, isBelow, type LeftOutRules } from './left-out.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import { isRootMarker } from '../../base/files/root-marker-name.ts';

export interface MatchPatterns {
  /** Globs of the files that belong to the category; none means every file. */
  includePatterns: readonly string[];
  /** Globs that win over the includes. */
  excludePatterns: readonly string[];
  /** What is left out whatever the patterns say; absent: nothing. */
  leftOut?: LeftOutRules;
}

/** Decides what of a category's folder is catalogued. Paths are relative to its root, with `/` between their parts. */
export interface Matcher {
  accepts(relativePath: string): boolean;
  /** Whether an exclude pattern names this path itself, or it is left out. */
  excludes(relativePath: string): boolean;
  /**
   * False where everything below the folder is excluded. It does not look at the parents of the folder: callers ask
   * them first.
   */
  descends(relativeFolder: string): boolean;
  /** Whether the service keeps its own files there. */
  isOwn(relativePath: string): boolean;
}

/** What decides which files of a category are catalogued. */
export function selectionOf({
  includePatterns,
  excludePatterns,
  includesLitter,
  ownPlaces,
}: Pick<CategoryConfig, 'includePatterns' | 'excludePatterns'> & LeftOutRules): MatchPatterns {
  const leftOut = { ...(includesLitter && { includesLitter }), ...(ownPlaces && { ownPlaces }) };
  return { includePatterns, excludePatterns, leftOut };
}

type Match = (relativePath: string) => boolean;

/** Builds the matcher of real globs: in any case, with dotfiles, and `**` also crosses names that contain a newline. */
export function createMatcher({ includePatterns, excludePatterns, leftOut }: MatchPatterns): Matcher {
  const includes = includePatterns.length === 0 ? () => true : matchAny(includePatterns);
  const isLeftOut = leftOut === undefined ? () => false : createLeftOut(leftOut);
  const isExcluded = matchAny(excludePatterns);
  const excludes = (relativePath: string): boolean => isExcluded(relativePath) || isLeftOut(relativePath);
  const excludedFolders = matchAny(excludePatterns.flatMap(foldersEmptiedBy));
  return {
    accepts: (relativePath) => includes(relativePath) && !excludes(relativePath) && !isRootMarker(relativePath),
    excludes,
    descends: (relativeFolder) => !excludedFolders(relativeFolder) && !isLeftOut(relativeFolder),
    isOwn: (relativePath) => isBelow(relativePath, leftOut?.ownPlaces ?? []),
  };
}

// Patterns are mostly extensions and names, and calling picomatch for each of them would cost more than the file's
// lstat.
function matchAny(patterns: readonly string[]): Match {
  const extensions = patterns.filter((pattern) => anyFileWithExtension.test(pattern));
  const others = patterns.filter((pattern) => !anyFileWithExtension.test(pattern));
  const matchers = others.map((pattern) =>
    anyFileNamed.test(pattern) ? matchName(pattern) : picomatch(pattern, options),
  );
  if (extensions.length > 0) matchers.unshift(matchExtension(extensions));
  return (relativePath) => matchers.some((matches) => matches(relativePath));
}

// `s`: without it the dot of picomatch's expressions, and so `**`, stops at a newline. It replaces the flag of
// `nocase`.
const options = { dot: true, nocase: true, flags: 'is' } satisfies picomatch.PicomatchOptions;

const anyFileWithExtension = /^\*\*\/\*\.[\w-]+$/;
const anyFileNamed = /^\*\*\/[\w.-]+$/;
const maxRemembered = 1_000;

/** Asks picomatch once for each extension that turns up, and remembers its answer. */
function matchExtension(patterns: readonly string[]): Match {
  const matches = picomatch([...patterns], options);
  const remembered = new Map<string, boolean>();
  return (relativePath) => {
    const dot = relativePath.lastIndexOf('.');
    if (dot === -1) return false;
    const extension = relativePath.slice(dot);
    const known = remembered.get(extension);
    if (known !== undefined) return known;
    if (remembered.size === maxRemembered) remembered.clear();
    const answer = matches(`name${extension}`);
    remembered.set(extension, answer);
    return answer;
  };
}

/** Asks picomatch only about names of the right length, which no folding of case changes. */
function matchName(pattern: string): Match {
  const matches = picomatch(pattern, options);
  const nameLength = pattern.length - '**/'.length;
  return (relativePath) => {
    const start = relativePath.length - nameLength;
    return (start === 0 || relativePath[start - 1] === '/') && matches(relativePath);
  };
}

/** `x/**` excludes all that is below a folder that matches `x`. A negated pattern excludes what it does not name. */
function foldersEmptiedBy(excludePattern: string): string[] {
  const folder = /^(?!!)(.+?)\/\*\*(?:\/\*)?$/s.exec(excludePattern)?.[1];
  return folder === undefined ? [] : [folder];
}
