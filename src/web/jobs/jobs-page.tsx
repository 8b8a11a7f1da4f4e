import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { usePages } from '../api/use-pages.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { jobPageTexts } from '../words/job-pages.ts';
import { HistoryDocument } from './history.ts';
import { JobFacts } from './job-facts.ts';
import { JobLine } from './job-line.tsx';
import { jobKinds, outcomes, type JobsView } from './jobs-view.ts';
import styles from './jobs.module.css';
import { useRecentJobs } from './recent-jobs.ts';
import { jobTexts } from '../words/jobs.ts';

const route = getRouteApi('/jobs');

/** What is at work, and what ended, by kind and by how it ended. */
export function JobsPage() {
  const view = route.useSearch();
  const isAdmin = useIsAdmin();
  const { running } = useRecentJobs();
  const { kind, outcome } = view;
  const history = usePages(
    HistoryDocument,
    { kinds: kind === undefined ? null : [kind], statuses: outcome === undefined ? [...outcomes] : [outcome] },
    (result) => result.jobs,
  );
  const shown = running.filter((job) => kind === undefined || job.kind === kind);
  const jobs = history.nodes.map((node) => readFragment(JobFacts, node));
  const isFiltered = kind !== undefined || outcome !== undefined;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.heading}>{jobPageTexts.title}</h1>
        <Filters view={view} />
        {isAdmin && <Button render={<Link to="/scans/new" />}>{jobPageTexts.newScan}</Button>}
      </header>
      {shown.length > 0 && (
        <section aria-labelledby="running">
          <h2 className={styles.section} id="running">
            {jobPageTexts.running}
          </h2>
          <ul className={styles.list}>
            {shown.map((job) => (
              <li key={job.id}>
                <JobLine job={job} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {jobs.length > 0 && (
        <section aria-labelledby="history">
          <h2 className={styles.section} id="history">
            {jobPageTexts.history}
          </h2>
          <ul className={styles.list}>
            {jobs.map((job) => (
              <li key={job.id}>
                <JobLine job={job} />
              </li>
            ))}
          </ul>
          {history.more !== null && <Button onClick={history.more}>{jobPageTexts.more}</Button>}
        </section>
      )}
      {history.error !== null && jobs.length === 0 && <Notice text={describeFailure(history.error)} />}
      {history.isKnown && jobs.length + shown.length === 0 && (
        <Notice text={isFiltered ? jobPageTexts.filtered : jobPageTexts.empty}>
          {isFiltered && <Button render={<Link to="/jobs" search={{}} />}>{jobPageTexts.clear}</Button>}
        </Notice>
      )}
    </div>
  );
}

function Filters({ view }: { view: JobsView }) {
  const navigate = useNavigate();
  const change = (changed: JobsView) => void navigate({ to: '/jobs', search: { ...view, ...changed } });
  return (
    <>
      <select
        className={styles.select}
        aria-label={jobPageTexts.kind}
        value={view.kind ?? ''}
        onChange={({ target }) => change({ kind: jobKinds.find((kind) => kind === target.value) })}
      >
        <option value="">{jobPageTexts.anyKind}</option>
        {jobKinds.map((kind) => (
          <option key={kind} value={kind}>
            {jobPageTexts.kinds[kind]}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label={jobPageTexts.outcome}
        value={view.outcome ?? ''}
        onChange={({ target }) => change({ outcome: outcomes.find((status) => status === target.value) })}
      >
        <option value="">{jobPageTexts.anyOutcome}</option>
        {outcomes.map((status) => (
          <option key={status} value={status}>
            {jobTexts.states[status]}
          </option>
        ))}
      </select>
    </>
  );
}
