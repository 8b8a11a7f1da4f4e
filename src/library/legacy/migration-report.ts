/** Why one row or picture of a legacy database was left out, or what was changed in it. */
export interface LegacyIssue {
  /** Name of the row or picture, such as `models/12` or `models/12/images/0`. */
  item: string;
  code: string;
  message: string;
  /** The hash of the row, or of the row whose picture it is; null or left out where it has none. */
  sha256?: string | null;
}

/** What became of the rows or pictures of one kind: `found` is the sum of the others. */
export interface MigrationCounts {
  found: number;
  migrated: number;
  alreadyPresent: number;
  skipped: number;
  errors: number;
}

export const migrationKinds = [
  'tags',
  'models',
  'pendingImports',
  'modelTags',
  'pendingModelTags',
  'activeImages',
  'pendingImages',
] as const;
type MigrationKind = (typeof migrationKinds)[number];

export type LegacyMigrationReport = Record<MigrationKind, MigrationCounts>;

const nothing: MigrationCounts = { found: 0, migrated: 0, alreadyPresent: 0, skipped: 0, errors: 0 };

/** Counts what becomes of each row, and reports those that are left out: none is counted as such without its reason. */
export interface MigrationLedger {
  readonly report: LegacyMigrationReport;
  count(kind: MigrationKind, outcome: 'migrated' | 'alreadyPresent', count: number): void;
  skip(kind: MigrationKind, issue: LegacyIssue): void;
  fail(kind: MigrationKind, issue: LegacyIssue): void;
  /** Reports what was changed in a row that was taken over. */
  note(issue: LegacyIssue): void;
}

export function createLedger(reportIssue: (issue: LegacyIssue) => void): MigrationLedger {
  const report = Object.fromEntries(migrationKinds.map((kind) => [kind, { ...nothing }])) as LegacyMigrationReport;
  const add = (kind: MigrationKind, outcome: Exclude<keyof MigrationCounts, 'found'>, count: number) => {
    report[kind].found += count;
    report[kind][outcome] += count;
  };
  return {
    report,
    count: add,
    skip(kind, issue) {
      add(kind, 'skipped', 1);
      reportIssue(issue);
    },
    fail(kind, issue) {
      add(kind, 'errors', 1);
      reportIssue(issue);
    },
    note: reportIssue,
  };
}
