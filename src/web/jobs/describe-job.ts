import type { Category } from '../api/use-categories.ts';
import { jobTexts } from '../words/jobs.ts';
import { isEnded, type Job } from './job-facts.ts';

/** What it does, in a few words: `Scan of Photos`. */
export function nameOf(job: Job, categories: readonly Pick<Category, 'key' | 'label'>[] = []): string {
  const { names } = jobTexts;
  switch (job.__typename) {
    case 'BulkJob':
      return names.bulk[job.action];
    case 'ScanJob':
      return scanName(job, categories);
    case 'ImageProxyJob':
      return job.dryRun ? names.proxyCount : names.proxies;
    case 'HashJob':
      return names.hash;
    case 'LegacyMigrationJob':
      return names.migration;
  }
}

type ScanFacts = Extract<Job, { __typename: 'ScanJob' }>;

function scanName(
  { appliesPlanOf, categories: keys, dryRun, paths }: ScanFacts,
  categories: readonly Pick<Category, 'key' | 'label'>[],
): string {
  const { names } = jobTexts;
  const name = dryRun ? names.look : typeof appliesPlanOf === 'string' ? names.apply : names.scan;
  if (paths) return names.of(name, paths);
  const isAll = categories.every(({ key }) => keys.includes(key));
  return isAll
    ? name
    : names.of(
        name,
        keys.map((key) => categories.find((each) => each.key === key)?.label ?? key),
      );
}

/** How far it is, for those that are at work: `1 204 of 8 000 · 120 a second · 2 min left`. */
export function progressOf({ kind, progress, status }: Job): string {
  const { bytesDone, bytesTotal, done, itemsPerSecond, remainingSeconds, total } = progress;
  return join([
    status !== 'RUNNING' && jobTexts.states[status],
    (done > 0 || isNumber(total)) && jobTexts.progress(done, total ?? null),
    isNumber(bytesTotal) && bytesTotal > 0 && jobTexts.amount(bytesDone, bytesTotal),
    kind === 'IMAGE_PROXY' && bytesDone > 0 && jobTexts.saved(bytesDone),
    isNumber(itemsPerSecond) && itemsPerSecond > 0.005 && jobTexts.rate(itemsPerSecond),
    isNumber(remainingSeconds) && jobTexts.left(remainingSeconds),
  ]);
}

/** How it stands; what only planned has done nothing yet. */
export function stateOf(job: Job): string {
  const isDry = 'dryRun' in job && job.dryRun && job.status === 'SUCCEEDED';
  return isDry ? jobTexts.planned : jobTexts.states[job.status];
}

/** What came of it, for those that have ended: `120 new · 3 lost`. */
export function outcomeOf(job: Job): string {
  if (!isEnded(job)) return '';
  if (job.status === 'FAILED') return job.failure ?? jobTexts.broke;
  return join(resultsOf(job));
}

function resultsOf(job: Job): (string | false)[] {
  switch (job.__typename) {
    case 'BulkJob': {
      const { changed = 0, failed = 0, unchanged = 0 } = job.bulkReport ?? {};
      return [
        jobTexts.done[job.action](changed),
        unchanged > 0 && jobTexts.unchanged(unchanged),
        failed > 0 && jobTexts.failures(failed),
      ];
    }
    case 'ScanJob': {
      const { added = 0, missing = 0, moved = 0, updated = 0 } = job.summary?.totals ?? {};
      if (job.status === 'SUCCEEDED' && added + missing + moved + updated === 0) return [jobTexts.nothingToDo];
      return [
        added > 0 && jobTexts.added(added),
        moved > 0 && jobTexts.moved(moved),
        updated > 0 && jobTexts.updated(updated),
        missing > 0 && jobTexts.lost(missing),
      ];
    }
    case 'ImageProxyJob': {
      if (!job.proxyReport) return [];
      const { errors, needsResize, proxiesCreated, totalOriginalBytes, totalProxyBytes } = job.proxyReport;
      return [
        job.dryRun ? jobTexts.needed(needsResize) : jobTexts.proxies(proxiesCreated),
        totalProxyBytes > 0 && jobTexts.instead(totalProxyBytes, totalOriginalBytes),
        errors > 0 && jobTexts.failures(errors),
      ];
    }
    case 'HashJob': {
      const { conflicts = 0, errors = 0, hashed = 0, missing = 0 } = job.hashReport ?? {};
      return [
        jobTexts.hashed(hashed),
        conflicts > 0 && jobTexts.conflicts(conflicts),
        errors + missing > 0 && jobTexts.failures(errors + missing),
      ];
    }
    case 'LegacyMigrationJob':
      return [];
  }
}

const join = (parts: (string | false)[]) => parts.filter(Boolean).join(' · ');
const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';
