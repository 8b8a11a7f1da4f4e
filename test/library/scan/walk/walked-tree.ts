import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync, type BigIntStats } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KnownFolders } from '../../../../src/library/scan/walk/known-folders.ts';
import { createMatcher } from '../../../../src/library/catalogue/match-patterns.ts';
import type { WalkError } from '../../../../src/library/scan/walk/walk-entries.ts';
import { walkTree, type TreeCounts } from '../../../../src/library/scan/walk/walk-tree.ts';

/** A folder for one test, with empty files at these relative paths; a path that ends in `/` is an empty folder. */
export function plant(...relativePaths: string[]): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'walk-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const relativePath of relativePaths) {
    const path = join(root, relativePath);
    mkdirSync(relativePath.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!relativePath.endsWith('/')) writeFileSync(path, '');
  }
  return root;
}

export interface Walked extends TreeCounts {
  paths: string[];
  stats: Map<string, BigIntStats>;
  errors: WalkError[];
  unchanged: string[];
  signatures: Map<string, string | null>;
}

interface WalkOptions {
  include?: string[];
  exclude?: string[];
  known?: KnownFolders;
  /** Runs as each file is told. */
  onFile?: (relativePath: string) => void;
}

/** Walks in this thread and gathers what there was. */
export function walk(root: string, { include = [], exclude = [], known, onFile }: WalkOptions = {}): Walked {
  const stats = new Map<string, BigIntStats>();
  const errors: WalkError[] = [];
  const unchanged: string[] = [];
  const signatures = new Map<string, string | null>();
  const counts = walkTree({
    realRoot: root,
    matcher: createMatcher({ includePatterns: include, excludePatterns: exclude }),
    visitor: {
      file(relativePath, fileStats) {
        stats.set(relativePath, fileStats);
        onFile?.(relativePath);
        return true;
      },
      unchangedFolder: (prefix) => unchanged.push(prefix),
      folder: (prefix, signature) => signatures.set(prefix, signature),
      error: (error) => errors.push(error),
      shouldStop: () => false,
    },
    known,
  });
  return { ...counts, paths: [...stats.keys()], stats, errors, unchanged, signatures };
}
