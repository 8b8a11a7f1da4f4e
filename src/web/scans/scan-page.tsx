import { getRouteApi, Link } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { useCategories } from '../api/use-categories.ts';
import { useOperation } from '../api/use-operation.ts';
import { nameOf } from '../jobs/describe-job.ts';
import { isEnded, type Job } from '../jobs/job-facts.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { useJob } from '../jobs/use-job.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { Notice } from '../ui/notice.tsx';
import { jobPageTexts } from '../words/job-pages.ts';
import { scanTexts } from '../words/scans.ts';
import { CategoryNotes } from './category-notes.tsx';
import { ScanPlanDocument, type ScanPlan } from './documents.ts';
import { PlanActions } from './plan-actions.tsx';
import { PlanAnew } from './plan-anew.tsx';
import { PlanList } from './plan-list.tsx';
import styles from './scans.module.css';

const route = getRouteApi('/scans/$id');

/** One scan: while it works, its line; then what it would do, or holds back, to be looked at and applied. */
export function ScanPage() {
  const { id } = route.useParams();
  const { job, error } = useJob(id);
  const { categories } = useCategories();
  if (job === undefined) return error === null ? null : <Notice text={describeFailure(error)} />;
  if (job?.__typename !== 'ScanJob') return <NothingHere />;
  return (
    <div className={styles.page}>
      <p className={styles.up}>
        <Link to="/jobs">{jobPageTexts.title}</Link>
      </p>
      <h1 className={styles.heading}>{nameOf(job, categories)}</h1>
      <JobLine job={job} isHeaded />
      {isEnded(job) ? (
        <Ended key={job.id} job={job} />
      ) : (
        job.dryRun && <p className={styles.hint}>{scanTexts.plan.running}</p>
      )}
    </div>
  );
}

function Ended({ job }: { job: Job }) {
  const { data, error } = useOperation(ScanPlanDocument, { id: job.id });
  const scan = data?.job?.__typename === 'ScanJob' ? data.job : null;
  if (scan === null) return error === null ? null : <Notice text={describeFailure(error)} />;
  return <Reviewed job={job} scan={scan} />;
}

function Reviewed({ job, scan }: { job: Job; scan: ScanPlan }) {
  const { plan } = scanTexts;
  const { totals } = scan.plan;
  const isPlan = job.__typename === 'ScanJob' && (job.dryRun || job.status === 'HELD');
  const wouldChange =
    scan.summary?.categories.some(({ missing, moved, updated }) => missing + moved + updated > 0) === true;
  const failures = scan.itemErrors.totalCount;
  return (
    <>
      {isPlan && totals.length > 0 && <p className={styles.hint}>{plan.holds}</p>}
      <CategoryNotes summaries={scan.summary?.categories ?? []} />
      {failures > 0 && (
        <p className={styles.hint}>
          {scanTexts.failed(failures)}.{' '}
          <Link className={styles.link} to="/jobs/$id" params={{ id: job.id }}>
            {scanTexts.errors}
          </Link>
        </p>
      )}
      {isPlan && totals.length > 0 && (
        <>
          <PlanActions job={job} scan={scan} />
          <PlanList id={job.id} totals={totals} />
        </>
      )}
      {isPlan && totals.length === 0 && (
        <Notice text={wouldChange || job.status === 'HELD' ? plan.dropped : plan.nothing}>
          <PlanAnew scan={scan} />
        </Notice>
      )}
    </>
  );
}
