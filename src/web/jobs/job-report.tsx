import { bytes, moment, number } from '../words/format.ts';
import { jobPageTexts } from '../words/job-pages.ts';
import { jobTexts } from '../words/jobs.ts';
import { isEnded, type Job } from './job-facts.ts';
import styles from './jobs.module.css';
import { MigrationAccount } from './migration-account.tsx';

type Fact = readonly [name: string, value: string | null | undefined | false];

/** What is known of a job beside its line, which says how it ended, who asked for it and how long it took: when, how fast, and its report. */
export function JobReport({ job }: { job: Job }) {
  const report = reportOf(job);
  return (
    <>
      <Facts facts={factsOf(job)} />
      {report.length > 0 && (
        <section aria-labelledby="report">
          <h2 className={styles.section} id="report">
            {jobPageTexts.report}
          </h2>
          <Facts facts={report} />
        </section>
      )}
      {job.kind === 'LEGACY_MIGRATION' && <MigrationAccount job={job} />}
    </>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          typeof value === 'string' &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function factsOf(job: Job): Fact[] {
  const { facts } = jobPageTexts;
  const { finishedAt, progress, startedAt, status } = job;
  const { bytesDone, bytesTotal, currentItem, done, itemsPerSecond, total } = progress;
  const isSize = job.kind !== 'IMAGE_PROXY';
  return [
    [facts.started, startedAt && moment(startedAt)],
    [facts.ended, finishedAt && moment(finishedAt)],
    [
      facts.items,
      done + (total ?? 0) > 0 && jobTexts.progress(done, isEnded(job) && total === done ? null : (total ?? null)),
    ],
    [facts.size, isSize && bytesDone > 0 && (bytesTotal ? jobTexts.amount(bytesDone, bytesTotal) : bytes(bytesDone))],
    [facts.rate, itemsPerSecond ? jobTexts.rate(itemsPerSecond) : null],
    [facts.now, status === 'RUNNING' && (currentItem ?? null)],
  ];
}

function reportOf(job: Job): Fact[] {
  const { reports } = jobPageTexts;
  if (job.__typename === 'BulkJob' && job.bulkReport) {
    const { changed, failed, unchanged } = job.bulkReport;
    return [
      [reports.changed, number(changed)],
      [reports.unchanged, number(unchanged)],
      [reports.failed, number(failed)],
    ];
  }
  if (job.__typename === 'ScanJob' && job.summary) {
    const { added, missing, moved, updated } = job.summary.totals;
    return [
      [reports.added, number(added)],
      [reports.moved, number(moved)],
      [reports.updated, number(updated)],
      [reports.missing, number(missing)],
    ];
  }
  if (job.__typename === 'ImageProxyJob' && job.proxyReport) {
    const report = job.proxyReport;
    return [
      [reports.totalImages, number(report.totalImages)],
      [reports.needsResize, number(report.needsResize)],
      [reports.proxiesCreated, number(report.proxiesCreated)],
      [reports.proxiesSkipped, number(report.proxiesSkipped)],
      [reports.originals, bytes(report.totalOriginalBytes)],
      [reports.proxySize, bytes(report.totalProxyBytes)],
      [reports.failed, number(report.errors)],
    ];
  }
  if (job.__typename === 'HashJob' && job.hashReport) {
    const { conflicts, errors, hashed, migrated, missing, total } = job.hashReport;
    return [
      [reports.total, number(total)],
      [reports.hashed, number(hashed)],
      [reports.migrated, migrated > 0 && number(migrated)],
      [reports.conflicts, conflicts > 0 && number(conflicts)],
      [reports.gone, missing > 0 && number(missing)],
      [reports.failed, number(errors)],
    ];
  }
  return [];
}
