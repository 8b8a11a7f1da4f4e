import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { hashOf } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { isEnded } from '../jobs/job-facts.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { useJob } from '../jobs/use-job.ts';
import { Button } from '../ui/button.tsx';
import { Part } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import { Account } from './account.tsx';
import { AccountDocument, Counts } from './documents.ts';
import styles from './migration.module.css';

/** Milliseconds between two looks at the account of a migration that runs. */
const lookMs = 1_000;

/** A migration that runs or has ended: its account by kind while it runs, why rows were left out, and what comes next. */
export function Progress({ jobId }: { jobId: string }) {
  const client = useQueryClient();
  const { job } = useJob(jobId);
  const hasEnded = job ? isEnded(job) : false;
  const { data } = useOperation(AccountDocument, { id: jobId }, { refetchInterval: hasEnded ? false : lookMs });
  useEffect(() => {
    if (hasEnded) void client.invalidateQueries({ queryKey: [hashOf(AccountDocument)] });
  }, [client, hasEnded]);
  if (!job) return null;
  const account = data?.job && 'account' in data.job ? data.job.account : null;
  const reportUrl = data?.job && 'reportUrl' in data.job ? data.job.reportUrl : null;
  const waiting = account ? readFragment(Counts, account.pendingImports).migrated : 0;
  const reasons = data?.job?.errorReasons ?? [];
  return (
    <Part title={migrationTexts.account.title}>
      <JobLine job={job} />
      {account !== null && account !== undefined && <Account account={account} />}
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
