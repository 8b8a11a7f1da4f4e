import { expect, it } from 'vitest';
import { describeReport as describeHashes } from '../../../src/commands/hash.ts';
import { describeReport as describeMigration } from '../../../src/commands/migrate-legacy.ts';
import { describeProxyReport } from '../../../src/commands/output/describe-proxies.ts';
import { describeSummary } from '../../../src/commands/output/describe-scan.ts';
import { createReadableDestination } from '../../../src/commands/output/readable-log.ts';
import { exitCodeOf } from '../../../src/commands/run-job-command.ts';
import { describeShadows } from '../../../src/commands/shadow-files.ts';
import { createLog } from '../../../src/base/observability/log.ts';
import { emptyReport } from '../../../src/library/image-proxies/image-proxy-report.ts';
import { migrationKinds, type LegacyMigrationReport } from '../../../src/library/legacy/migration-report.ts';
import { startCategorySummary, type CategoryScanSummary } from '../../../src/library/scan/scan-summary.ts';

const summaryOf = (...categories: CategoryScanSummary[]) => ({
  scannedAt: '2026-01-01T00:00:00.000Z',
  dryRun: false,
  configVersion: 2,
  selectedCategories: categories.map(({ category }) => category),
  categories,
  loggedMissing: 0,
});

it('a scan in words has right numbers, and says below which root the missing files were', () => {
  const photos = { ...startCategorySummary('photos', '/srv/photos', false), filesFound: 1, added: 1 };
  const films = {
    ...startCategorySummary('films', '/srv/films', false),
    missing: 3,
    missingPaths: ['a/1.mkv', '2.mkv'],
  };
  expect(describeSummary(summaryOf(photos, films))).toBe(
    [
      'photos: 1 file: 1 added, 0 updated, 0 moved, 0 unchanged, 0 missing',
      'films: 0 files: 0 added, 0 updated, 0 moved, 0 unchanged, 3 missing',
      '  missing below /srv/films:',
      '    a/1.mkv',
      '    2.mkv',
      '    … and 1 more',
      '',
    ].join('\n'),
  );
});

it('batches, hashes and migrations in words have right numbers and one style of units', () => {
  const one = { ...emptyReport(), totalImages: 1, proxiesCreated: 1, errors: 1, remainsRemoved: 1, needsResize: 1 };
  const state = { isDryRun: false, isCancelled: false };
  expect(describeProxyReport({ ...one, totalOriginalBytes: 2048, totalProxyBytes: 1 }, state)).toEqual([
    '1 image: 1 larger than the profile wants, 0 not',
    '1 proxy made, 0 skipped, 1 error',
    '2.00 KB became 1 Byte: 100 % saved',
    '1 remainder of images that are gone removed',
  ]);
  expect(describeProxyReport({ ...one, proxiesCreated: 2, errors: 0 }, state)[1]).toBe(
    '2 proxies made, 0 skipped, 0 errors',
  );
  const hashes = { total: 1, hashed: 1, migrated: 1, conflicts: 1, missing: 1, errors: 1, bytesHashed: 3 * 1024 ** 3 };
  expect(describeHashes(hashes)).toBe(
    '1 of 1 file hashed, 3.00 GB\n1 record completed, 1 conflict, 1 file missing, 1 error\n',
  );
  const kind = { found: 2, migrated: 1, alreadyPresent: 0, skipped: 0, errors: 1 };
  const migration = Object.fromEntries(migrationKinds.map((name) => [name, kind])) as unknown as LegacyMigrationReport;
  expect(describeMigration(migration)).toContain('models: 2 found: 1 migrated, 0 already here, 0 skipped, 1 error\n');
});

it('shadow files are followed by the command that finds them', () => {
  const mappings = [{ from: 'D:\\', to: "/tmp/it's/D" }];
  const text = describeShadows({ written: 1, alreadyPresent: 0, refused: [], mappings }, '/old/db.sqlite3');
  expect(text).toContain('1 file written, 0 there already\n');
  expect(text).toContain(String.raw`migrate-legacy --db '/old/db.sqlite3' --map 'D:\=/tmp/it'\''s/D'`);
});

it('a command fails where items failed, and not where all went well', () => {
  const codes = (['SUCCEEDED', 'SUCCEEDED_WITH_ERRORS', 'FAILED', 'CANCELLED', 'HELD'] as const).map((status) =>
    exitCodeOf({ status }),
  );
  expect(codes).toEqual([0, 1, 1, 1, 1]);
});

it('the log of a command is sentences, one a line, and has no stack unless it is asked for', () => {
  expect(writeLog('warn')).toBe(
    String.raw`Warning: a picture\x1b[31m failed: disk full\nof [redacted] (mediaId 3)` + '\n',
  );
  expect(writeLog('debug')).toMatch(/^Warning: .*\nError: disk full[^]*\n {4}at [^]*\nDebug: details\n$/);
});

function writeLog(level: string): string {
  let text = '';
  const destination = createReadableDestination((more) => (text += more), { showsStacks: level === 'debug' });
  const log = createLog({ level, secrets: ['hunter22'], destination });
  log.warn({ err: new Error('disk full\nof hunter22'), mediaId: 3 }, 'a picture\x1b[31m failed');
  log.debug('details');
  return text;
}
