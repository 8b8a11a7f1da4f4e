import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { useCategories } from '../api/use-categories.ts';
import { useAction } from '../api/use-operation.ts';
import { useMayEdit } from '../api/use-viewer.ts';
import { graphql } from '../generated/gql.ts';
import { Button } from '../ui/button.tsx';
import { NothingHere } from '../ui/nothing-here.tsx';
import { Notice } from '../ui/notice.tsx';
import { say } from '../ui/say.ts';
import { jobPageTexts } from '../words/job-pages.ts';
import { jobTexts } from '../words/jobs.ts';
import { nameOf } from './describe-job.ts';
import { isEnded, type Job } from './job-facts.ts';
import { JobErrors } from './job-errors.tsx';
import { JobLine } from './job-line.tsx';
import { JobReport } from './job-report.tsx';
import { startedJob, undo } from './job-toast.ts';
import styles from './jobs.module.css';
import { useJob } from './use-job.ts';
import { useMayControl } from './use-may-control.ts';

const RetryJobDocument = graphql(/* GraphQL */ `
  mutation RetryJob($id: ID!) {
    result: retryJob(id: $id) {
      __typename
      ... on Job {
        ...JobFacts
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const route = getRouteApi('/jobs/$id');

/** One job: how far it is or what came of it, what failed, and what can be done about it. */
export function JobPage() {
  const { id } = route.useParams();
  const { job, error } = useJob(id);
  const { categories } = useCategories();
  if (job === undefined) return error === null ? null : <Notice text={describeFailure(error)} />;
  if (job === null) return <NothingHere />;
  return (
    <div className={styles.page}>
      <p className={styles.up}>
        <Link to="/jobs">{jobPageTexts.title}</Link>
      </p>
      <h1 className={styles.heading}>{nameOf(job, categories)}</h1>
      <JobLine job={job} isHeaded />
      <Actions job={job} />
      <JobErrors job={job} />
      <JobReport job={job} />
    </div>
  );
}

function Actions({ job }: { job: Job }) {
  const mayControl = useMayControl(job);
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const retrying = useAction(RetryJobDocument);
  const retry = async () => {
    try {
      const { id } = startedJob((await retrying.mutateAsync({ id: job.id })).result);
      say(jobPageTexts.retried);
      await navigate({ to: '/jobs/$id', params: { id } });
    } catch (error) {
      say(describeFailure(error));
    }
  };
  const { status } = job;
  const isWhole = status === 'FAILED' || status === 'CANCELLED';
  const canRetry = mayControl && (isWhole || status === 'SUCCEEDED_WITH_ERRORS');
  const canUndo = job.__typename === 'BulkJob' && job.canUndo && mayEdit;
  const hasPlan = job.__typename === 'ScanJob' && isEnded(job) && (job.dryRun || status === 'HELD');
  if (!canRetry && !canUndo && !hasPlan) return null;
  return (
    <p className={styles.actions}>
      {hasPlan && (
        <Button kind="primary" render={<Link to="/scans/$id" params={{ id: job.id }} />}>
          {jobPageTexts.plan}
        </Button>
      )}
      {canRetry && (
        <Button onClick={() => void retry()} disabled={retrying.isPending}>
          {isWhole ? jobPageTexts.retryAll : jobPageTexts.retry}
        </Button>
      )}
      {canUndo && (
        <Button onClick={() => void undo([job.id]).catch((error: unknown) => say(describeFailure(error)))}>
          {jobTexts.undo}
        </Button>
      )}
    </p>
  );
}
