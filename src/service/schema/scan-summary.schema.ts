import { builder } from './builder.ts';
import {
  sumUp,
  type CategoryScanSummary,
  type ScanError,
  type ScanSummary,
  type ScanTotals,
} from '../../library/scan/scan-summary.ts';

const ScanErrorType = builder.objectRef<ScanError>('ScanError').implement({
  description: 'A file or folder that could not be scanned. Its siblings were.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'From the root; characters that do not print are escaped.' }),
    code: t.exposeString('code', { description: 'Stable, for programs.' }),
    message: t.exposeString('message', { description: 'What went wrong, for people.' }),
  }),
});

const CategoryScanSummaryType = builder.objectRef<CategoryScanSummary>('CategoryScanSummary').implement({
  description: 'What a scan did in one category, or for a dry run would do.',
  fields: (t) => ({
    category: t.exposeString('category', { description: 'Its key.' }),
    rootPath: t.exposeString('rootPath', {
      description: "Its root folder on the service's machine. For administrators.",
      authScopes: { admin: true },
    }),
    filesFound: t.exposeInt('filesFound', { description: 'Files that the patterns accept, those beyond a limit too.' }),
    filesScanned: t.exposeInt('filesScanned', { description: 'Those that were compared with the catalogue.' }),
    added: t.exposeInt('added', { description: 'New files.' }),
    updated: t.exposeInt('updated', { description: 'Changed files, and missing ones that came back.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Files as the catalogue knew them.' }),
    moved: t.exposeInt('moved', { description: 'Files that were found again at another path.' }),
    missing: t.exposeInt('missing', {
      description: 'Newly missing; those that were missing before do not count again.',
    }),
    missingPaths: t.exposeStringList('missingPaths', { description: 'The first 25, each from the root of the category; characters that do not print are escaped.' }),
    errors: t.expose('errors', {
      type: [ScanErrorType],
      description: "The first 100; all of them are the job's itemErrors.",
    }),
    limited: t.exposeBoolean('limited', { description: 'There are files beyond the limit: they were counted and not looked at.' }),
    dryRun: t.exposeBoolean('dryRun', { description: 'Nothing was written.' }),
    stillChanging: t.int({
      description: 'Files that may still be written and were left for a later scan.',
      // Summaries of scans by earlier versions lack this field.
      resolve: (category) => (category.stillChanging as number | undefined) ?? 0,
    }),
    held: t.boolean({
      description: 'Too many files would have been marked missing: nothing was done, and the plan waits for consent.',
      // Summaries of scans by earlier versions lack this field.
      resolve: (category) => (category.held as boolean | undefined) ?? false,
    }),
    rootExists: t.exposeBoolean('rootExists', { description: 'Whether there was a root folder to scan.' }),
    notes: t.exposeStringList('notes', {
      description: 'What people should know, such as why nothing was marked missing.',
    }),
  }),
});

const ScanTotalsType = builder.objectRef<ScanTotals>('ScanTotals').implement({
  description: 'The sums over all scanned categories.',
  fields: (t) => ({
    added: t.exposeInt('added', { description: 'New files.' }),
    updated: t.exposeInt('updated', { description: 'Changed files, and missing ones that came back.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Files as the catalogue knew them.' }),
    moved: t.exposeInt('moved', { description: 'Files that were found again at another path.' }),
    missing: t.exposeInt('missing', { description: 'Newly missing.' }),
    filesScanned: t.exposeInt('filesScanned', { description: 'Those that were compared with the catalogue.' }),
    filesFound: t.exposeInt('filesFound', { description: 'Files that the patterns accept, those beyond a limit too.' }),
    categories: t.exposeInt('categories', { description: 'How many were scanned.' }),
    loggedMissing: t.exposeInt('loggedMissing', { description: 'Lines written to the deletions log.' }),
  }),
});

export const ScanSummaryType = builder.objectRef<ScanSummary>('ScanSummary').implement({
  description: 'What a scan did, or for a dry run would do.',
  fields: (t) => ({
    scannedAt: t.field({
      type: 'DateTime',
      description: 'When it began.',
      resolve: ({ scannedAt }) => new Date(scannedAt),
    }),
    dryRun: t.exposeBoolean('dryRun', { description: 'Nothing was written.' }),
    configVersion: t.exposeInt('configVersion', { description: "The configuration file's own `version`." }),
    selectedCategories: t.exposeStringList('selectedCategories', {
      description: 'The keys of the categories it was started for.',
    }),
    categories: t.expose('categories', { type: [CategoryScanSummaryType], description: 'What it did in each.' }),
    totals: t.field({ type: ScanTotalsType, description: 'What it did in all of them together.', resolve: sumUp }),
  }),
});
