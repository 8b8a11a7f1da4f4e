import { getRouteApi } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { Notice } from '../ui/notice.tsx';
import { nameOf } from './describe-job.ts';
import { JobLine } from './job-line.tsx';
import styles from './jobs.module.css';
import { useJob } from './use-job.ts';

const route = getRouteApi('/jobs/$id');

/** One job: how far it is, or what came of it. */
export function JobPage() {
  const { id } = route.useParams();
  const { job, error } = useJob(id);
  if (error !== null) return <Notice text={describeFailure(error)} />;
  if (job === undefined) return null;
  if (job === null) return <NothingHere />;
  return (
    <div className={styles.page}>
      <h1 className={styles.heading}>{nameOf(job)}</h1>
      <JobLine job={job} />
    </div>
  );
}
