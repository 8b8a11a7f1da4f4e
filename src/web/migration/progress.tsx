import { Link } from '@tanstack/react-router';
import { readFragment } from '../generated/fragment-masking.ts';
import { AccountFacts, AccountTable, Counts } from '../jobs/account-table.tsx';
import { isEnded } from '../jobs/job-facts.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { useJob } from '../jobs/use-job.ts';
import { useWhileRuns } from '../jobs/use-while-runs.ts';
import { Button } from '../ui/button.tsx';
import { Part } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import { AccountDocument } from './documents.ts';
import styles from './migration.module.css';

/** A migration that runs or has ended: its account by kind while it runs, why rows were left out, and what comes next. */
export function Progress({ jobId }: { jobId: string }) {
  const { job } = useJob(jobId);
  const data = useWhileRuns(AccountDocument, job, jobId);
  if (!job) return null;
  const hasEnded = isEnded(job);
  const account = data?.job && 'account' in data.job ? data.job.account : null;
  const reportUrl = data?.job && 'reportUrl' in data.job ? data.job.reportUrl : null;
  const waiting = account ? readFragment(Counts, readFragment(AccountFacts, account).pendingImports).migrated : 0;
  const reasons = data?.job?.errorReasons ?? [];
  return (
    <Part title={migrationTexts.account}>
      <JobLine job={job} />
      {account !== null && account !== undefined && <AccountTable account={account} />}
      {reasons.length > 0 && (
        <details className={styles.reasons}>
          <summary>{migrationTexts.reasons.title}</summary>
          <ul>
            {reasons.map(({ code, count, example }) => (
              <li key={code}>
                <span className={styles.count}>{migrationTexts.reasons.count(count)}</span>
                <span>
                  {example.message} <span className={styles.note}>{example.item}</span>
                </span>
              </li>
            ))}
          </ul>
          <Link to="/jobs/$id" params={{ id: jobId }} className={styles.link}>
            {migrationTexts.reasons.more}
          </Link>
        </details>
      )}
      {hasEnded && (
        <div className={styles.next}>
          {waiting > 0 && (
            <Button kind="primary" render={<Link to="/models/pending" />}>
              {migrationTexts.pending(waiting)}
            </Button>
          )}
          <Button render={<Link to="/models" search={{}} />}>{migrationTexts.models}</Button>
          {reportUrl !== null && <Button render={<a href={reportUrl} download />}>{migrationTexts.download}</Button>}
        </div>
      )}
    </Part>
  );
}
