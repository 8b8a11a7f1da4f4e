import type { Job } from './job-facts.ts';

/** Several jobs of one kind as one: the first of them, with what all of them report. Undefined for none. */
export function asOne(jobs: readonly Job[]): Job | undefined {
  const [first] = jobs;
  switch (first?.__typename) {
    case 'BulkJob':
      return { ...first, bulkReport: sumOf(jobs.map((job) => job.__typename === 'BulkJob' && job.bulkReport)) };
    case 'ImageProxyJob':
      return { ...first, proxyReport: sumOf(jobs.map((job) => job.__typename === 'ImageProxyJob' && job.proxyReport)) };
    case 'HashJob':
      return { ...first, hashReport: sumOf(jobs.map((job) => job.__typename === 'HashJob' && job.hashReport)) };
    case 'ScanJob':
    case 'LegacyMigrationJob':
    case undefined:
      return first;
  }
}

/** Adds reports up, each figure to its own; null where there is none. */
function sumOf<Report extends object>(reports: readonly (Report | null | undefined | false)[]): Report | null {
  const [first, ...others] = reports.filter((report) => typeof report === 'object' && report !== null);
  if (first === undefined) return null;
  return others.reduce<Report>((sum, report) => {
    const added = Object.entries(report).map(([name, value]) => {
      const before: unknown = sum[name as keyof Report];
      return [name, typeof value === 'number' ? value + Number(before) : before];
    });
    return Object.fromEntries(added) as Report;
  }, first);
}
