import { describeFailure } from '../api/describe-failure.ts';
import { insist } from '../api/persevere.ts';
import { say } from '../ui/say.ts';
import { isEnded, type Job } from './job-facts.ts';
import { endOf, openToast, startedJob, type Started } from './job-toast.ts';

/** Starts one job. */
export type Start = () => Promise<Started>;

interface WorkOptions {
  /** The first job has begun. */
  onBegin?: () => void;
  /** Somebody took it back, and that has ended too. */
  onUndo: () => void;
  /** Whether a job may only begin when the one before has ended, as two of one kind exclude each other. */
  inTurn?: boolean;
}

/**
 * Does work that takes several jobs, and shows it as if it were one: its progress, what came of it, and its undo where it has one. A part that
 * is refused ends the work; what was begun before goes on and is told, and so is the refusal. Resolves when
 * all have ended; throws where nothing was begun.
 */
export async function runJobs(starts: readonly Start[], options: WorkOptions): Promise<void> {
  const [start, ...others] = starts;
  if (start === undefined) return;
  const first = startedJob(await insist(start));
  options.onBegin?.();
  const { ended, refusal, end } = await (options.inTurn === true ? inTurn(first, others) : atOnce(first, others));
  end(ended, options.onUndo);
  if (refusal !== null) say(describeFailure(refusal.error));
}

interface Outcome {
  ended: (Job | null)[];
  /** Why the rest was not begun. */
  refusal: { error: unknown } | null;
  end: ReturnType<typeof openToast>['end'];
}

/** The service keeps them all from the beginning, also where the page is left. */
async function atOnce(first: Job, others: readonly Start[]): Promise<Outcome> {
  const jobs = [first];
  let refusal: Outcome['refusal'] = null;
  const toast = openToast(jobs, () => jobs.length > others.length || refusal !== null);
  const ends = [endOf(first, toast.show)];
  for (const start of others) {
    try {
      const job = startedJob(await insist(start));
      jobs.push(job);
      toast.show(job);
      ends.push(endOf(job, toast.show));
    } catch (error) {
      refusal = { error };
      break;
    }
  }
  return { ended: await Promise.all(ends), refusal, end: toast.end };
}

/** The page has to stay for the later ones; who stops one stops the rest. */
async function inTurn(first: Job, others: readonly Start[]): Promise<Outcome> {
  const jobs = [first];
  const toast = openToast(jobs, () => jobs.length > others.length);
  const ended = [await endOf(first, toast.show)];
  for (const start of others) {
    const last = ended.at(-1);
    if (last && isEnded(last) && (last.status === 'CANCELLED' || last.status === 'FAILED')) break;
    try {
      const job = startedJob(await insist(start));
      jobs.push(job);
      toast.show(job);
      ended.push(await endOf(job, toast.show));
    } catch (error) {
      return { ended, refusal: { error }, end: toast.end };
    }
  }
  return { ended, refusal: null, end: toast.end };
}
