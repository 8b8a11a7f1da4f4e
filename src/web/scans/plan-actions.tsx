import { useEffect, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { isEnded, type Job } from '../jobs/job-facts.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { startedJob } from '../jobs/job-toast.ts';
import { Button } from '../ui/button.tsx';
import { scanTexts } from '../words/scans.ts';
import { ApplyPlanDocument, type PlanKind, type ScanPlan } from './documents.ts';
import { PlanAnew } from './plan-anew.tsx';
import { countByKind } from './plan-totals.ts';
import styles from './scans.module.css';
import { useApplying } from './use-applying.ts';

const { plan: words } = scanTexts;

/**
 * What the plan would do, by kind, and the buttons that say what they do: all that is chosen, which is all but the losses at first, and
 * all of it. Once somebody applies it, here or elsewhere, the line of that scan is in their place.
 */
export function PlanActions({ job, scan }: { job: Job; scan: ScanPlan }) {
  const isAdmin = useIsAdmin();
  const all = countByKind(scan.plan.totals);
  const { applying, note } = useApplying(job.id);
  const counts = all.filter(([kind]) => !applying.some((each) => hasDone(each, kind)));
  const [left, setLeft] = useState<readonly PlanKind[]>(['LOSS']);
  const applyPlan = useAction(ApplyPlanDocument);
  const chosen = counts.filter(([kind]) => !left.includes(kind));
  const apply = async (kinds: PlanKind[] | null) => {
    const { result } = await applyPlan.mutateAsync({ id: job.id, kinds });
    note(startedJob(result));
  };
  const start = (kinds: PlanKind[] | null) =>
    void apply(kinds).catch((error: unknown) => setFailure(describeFailure(error)));
  const [failure, setFailure] = useState<string | null>(null);
  // Why somebody could not apply it is old news once it is being applied, as by somebody who was quicker.
  const isBusy = !applying.every(isEnded);
  useEffect(() => setFailure(null), [isBusy]);
  const isAll = chosen.length === counts.length;
  const lost = counts.find(([kind]) => kind === 'LOSS')?.[1] ?? 0;
  return (
    <section className={styles.review} aria-label={words.chosen}>
      <div className={styles.kinds}>
        {counts.map(([kind, count]) => (
          <button
            key={kind}
            type="button"
            className={styles.kind}
            data-kind={kind}
            aria-pressed={!left.includes(kind)}
            aria-label={words.include(words.changes[kind](count))}
            onClick={() => setLeft(left.includes(kind) ? left.filter((each) => each !== kind) : [...left, kind])}
          >
            {words.changes[kind](count)}
          </button>
        ))}
      </div>
      {lost > 0 && <p className={styles.hint}>{words.lossHint}</p>}
      {applying.map((each) => (
        <Applying key={each.id} job={each} scan={scan} />
      ))}
      <p className={styles.failure} role="alert">
        {!isBusy && failure}
      </p>
      {isAdmin && counts.length > 0 && !isBusy && (
        <p className={styles.actions}>
          {!isAll && chosen.length > 0 && (
            <Button kind="primary" disabled={applyPlan.isPending} onClick={() => start(chosen.map(([kind]) => kind))}>
              {words.apply(chosen.map(([kind, count]) => words.changes[kind](count)))}
            </Button>
          )}
          <Button
            kind={lost > 0 ? 'danger' : 'primary'}
            disabled={applyPlan.isPending}
            onClick={() => start(counts.length < all.length ? counts.map(([kind]) => kind) : null)}
          >
            {words.applyAll(
              counts.reduce((sum, [, count]) => sum + count, 0),
              lost,
            )}
          </Button>
        </p>
      )}
      {!isAdmin && <p className={styles.hint}>{words.mayNot}</p>}
    </section>
  );
}

/** Whether a scan has carried out the changes of a kind. */
function hasDone(job: Job, kind: PlanKind): boolean {
  if (job.__typename !== 'ScanJob' || job.status === 'FAILED' || job.status === 'CANCELLED') return false;
  return isEnded(job) && (job.appliesKinds?.includes(kind) ?? true);
}

function Applying({ job, scan }: { job: Job; scan: ScanPlan }) {
  return (
    <>
      <JobLine job={job} />
      {job.status === 'FAILED' && (
        <p className={styles.actions}>
          <span>{words.outdated}</span>
          <PlanAnew scan={scan} />
        </p>
      )}
    </>
  );
}
