import { progressOf } from './describe-job.ts';
import type { Job } from './job-facts.ts';
import styles from './job-line.module.css';

/** How far a job is, as a bar that is read out with its numbers; without a share of the whole while that is unknown. */
export function JobBar({ job, name }: { job: Job; name: string }) {
  const { percent } = job.progress;
  const isKnown = typeof percent === 'number';
  return (
    <div
      role="progressbar"
      className={styles.bar}
      aria-label={name}
      aria-valuetext={progressOf(job)}
      {...(isKnown && { 'aria-valuenow': Math.floor(percent), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
    >
      <span className={styles.done} style={{ width: `${isKnown ? Math.min(100, percent) : 0}%` }} />
    </div>
  );
}
