// Prints the walk of a folder: run as another user, in a process of its own.
import { createMatcher } from '../../../../src/library/catalogue/match-patterns.ts';
import type { WalkError } from '../../../../src/library/scan/walk/walk-entries.ts';
import { walkTree } from '../../../../src/library/scan/walk/walk-tree.ts';

const paths: string[] = [];
const errors: WalkError[] = [];
walkTree({
  realRoot: process.argv[2]!,
  matcher: createMatcher({ includePatterns: [], excludePatterns: [] }),
  visitor: {
    file: (relativePath) => paths.push(relativePath) > 0,
    unchangedFolder() {},
    folder() {},
    error: (error) => errors.push(error),
    shouldStop: () => false,
  },
});
console.log(JSON.stringify({ paths, errors }));
