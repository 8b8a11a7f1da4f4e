import type { ScanMediaInput } from '../generated/graphql.ts';
import type { ScanPlan } from './documents.ts';

/** What somebody chose to be scanned, as the form has it. */
export interface ScanChoice {
  /** Keys; none: all. */
  categories: readonly string[];
  /** Paths, one a line; any of them goes before the categories. */
  places: string;
  isFull: boolean;
  adoptsRoots: boolean;
}

/** The parameters of an address that leads to the form. */
export interface ScanSearch {
  cat?: string[];
  path?: string[];
  adopt?: true;
}

export function toInput({ adoptsRoots, categories, isFull, places }: ScanChoice, dryRun: boolean): ScanMediaInput {
  const paths = places
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    dryRun,
    full: isFull,
    adoptRoot: adoptsRoots,
    ...(paths.length > 0 ? { paths } : categories.length > 0 && { categories: [...categories] }),
  };
}

/** The input that makes a plan as a scan was started: of the same places, as far, and with the same roots taken. */
export function planAgain(
  scan: Pick<ScanPlan, 'categories' | 'paths' | 'limit' | 'full' | 'adoptRoot'>,
): ScanMediaInput {
  const { adoptRoot, categories, full, limit, paths } = scan;
  return { dryRun: true, adoptRoot, full, limit: limit ?? null, ...(paths ? { paths } : { categories }) };
}

/** Reads an address; what makes no sense is left out. */
export function readScanSearch({ adopt, cat, path }: Record<string, unknown>): ScanSearch {
  const [categories, paths] = [textsIn(cat), textsIn(path)];
  return {
    ...(categories.length > 0 && { cat: categories }),
    ...(paths.length > 0 && { path: paths }),
    ...((adopt === true || adopt === 'true') && { adopt: true }),
  };
}

function textsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === 'string' && each !== '');
}
