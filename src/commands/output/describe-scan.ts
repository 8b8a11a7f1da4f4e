import { count } from '../../base/count.ts';
import type { CategoryScanSummary, ScanSummary } from '../../library/scan/scan-summary.ts';
import { printableLine } from '../printable.ts';

const maxErrors = 10;

/** Describes what a scan did, or would do, for a person: a line for each category, and its notes and errors below. */
export function describeSummary({ categories, dryRun }: ScanSummary): string {
  const lines = categories.flatMap(describeCategory);
  return `${dryRun ? 'Dry run: nothing was written.\n' : ''}${lines.join('\n')}\n`;
}

function describeCategory(category: CategoryScanSummary): string[] {
  const { added, updated, moved, unchanged, missing, filesFound, rootPath, missingPaths, errors, notes } = category;
  const counts = `${added} added, ${updated} updated, ${moved} moved, ${unchanged} unchanged, ${missing} missing`;
  const unnamed = missing - missingPaths.length;
  return [
    `${category.category}: ${count(filesFound, 'file')}: ${counts}`,
    ...notes.map((note) => printableLine(`  note: ${note}`)),
    ...(missingPaths.length > 0 ? [printableLine(`  missing below ${rootPath}:`)] : []),
    ...missingPaths.map((path) => printableLine(`    ${path}`)),
    ...(unnamed > 0 ? [`    … and ${unnamed} more`] : []),
    ...errors.slice(0, maxErrors).map(({ path, message }) => printableLine(`  error: ${path}: ${message}`)),
    ...(errors.length > maxErrors ? [`  … and more errors; --json and the job's itemErrors have them`] : []),
  ];
}
