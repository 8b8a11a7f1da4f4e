import { Link } from '@tanstack/react-router';
import { Ban, Check, CircleAlert, CirclePause, Clock, LoaderCircle, X } from 'lucide-react';
import { useAction } from '../api/use-operation.ts';
import { useCategories } from '../api/use-categories.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { graphql } from '../generated/gql.ts';
import { IconButton } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { jobTexts } from '../words/jobs.ts';
import { nameOf, outcomeOf, progressOf, stateOf } from './describe-job.ts';
import { isEnded, type Job } from './job-facts.ts';
import { JobBar } from './job-bar.tsx';
import styles from './job-line.module.css';
import { useMayControl } from './use-may-control.ts';

const CancelJobDocument = graphql(/* GraphQL */ `
  mutation CancelJob($id: ID!) {
    cancelJob(id: $id) {
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

interface JobLineProps {
  job: Job;
  /** The heading above it says its name already, as on a page of its own; elsewhere the name leads there. */
  isHeaded?: boolean;
  /** Called when it leads there. */
  onOpen?: () => void;
  /** Further buttons at its end. */
  children?: React.ReactNode;
}

/**
 * A job as one line, the same wherever it is seen: its name, how far it is with its rate and the time left, or what came of
 * it, who asked for it and when, and a button that stops it for those who may.
 */
export function JobLine({ job, isHeaded = false, onOpen, children }: JobLineProps) {
  const { categories } = useCategories();
  const name = nameOf(job, categories);
  const Icon = icons[job.status];
  const outcome = outcomeOf(job);
  return (
    <div className={styles.line} data-status={job.status}>
      <Icon className={styles.icon} aria-hidden />
      <div className={styles.words}>
        {!isHeaded && (
          <p className={styles.name}>
            <Link to="/jobs/$id" params={{ id: job.id }} onClick={onOpen}>
              {name}
            </Link>
          </p>
        )}
        {isEnded(job) ? (
          <p className={styles.facts}>
            <span className={styles.state}>{stateOf(job)}</span>
            {outcome !== '' && ` · ${outcome}`}
          </p>
        ) : (
          <>
            <JobBar job={job} name={name} />
            <p className={styles.facts}>{progressOf(job)}</p>
          </>
        )}
        <p className={styles.facts}>{originOf(job)}</p>
      </div>
      {children}
      <CancelButton job={job} name={name} />
    </div>
  );
}

/** Who asked for it and when, and how long it took: `by me 5 Mar 2026, 14:02 · took 1:02`. */
function originOf({ createdAt, finishedAt, requestedBy, startedAt }: Job): string {
  const by = jobTexts.by(requestedBy, createdAt);
  if (typeof finishedAt !== 'string' || typeof startedAt !== 'string') return by;
  return `${by} · ${jobTexts.took((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000)}`;
}

const icons = {
  QUEUED: Clock,
  RUNNING: LoaderCircle,
  CANCELLING: LoaderCircle,
  SUCCEEDED: Check,
  SUCCEEDED_WITH_ERRORS: CircleAlert,
  FAILED: CircleAlert,
  CANCELLED: Ban,
  HELD: CirclePause,
};

function CancelButton({ job, name }: { job: Job; name: string }) {
  const mayControl = useMayControl(job);
  const cancelling = useAction(CancelJobDocument);
  if (isEnded(job) || job.status === 'CANCELLING' || !mayControl) return null;
  const cancel = () =>
    cancelling.mutate(
      { id: job.id },
      {
        // One that has ended meanwhile needs no word: the line shows how it ended.
        onSuccess: ({ cancelJob }) => cancelJob.__typename === 'JobNotFoundError' && say(jobTexts.gone),
        onError: (error) => say(describeFailure(error)),
      },
    );
  return (
    <IconButton
      label={jobTexts.cancel(name)}
      icon={<X />}
      onClick={cancel}
      disabled={cancelling.isPending || cancelling.isSuccess}
    />
  );
}
