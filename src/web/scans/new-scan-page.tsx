import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { startedJob } from '../jobs/job-toast.ts';
import { useRecentJobs } from '../jobs/recent-jobs.ts';
import { Button } from '../ui/button.tsx';
import { ForRole } from '../ui/for-role.tsx';
import { scanTexts } from '../words/scans.ts';
import { ScanDocument, ScanTimesDocument } from './documents.ts';
import { ChooseCategories } from './choose-categories.tsx';
import styles from './scans.module.css';
import { toInput, type ScanChoice } from './scan-choice.ts';

const route = getRouteApi('/scans/new');
const { start: words } = scanTexts;

/** Starts a scan: of what, and whether only its plan is made. */
export function NewScanPage() {
  return (
    <ForRole least="ADMIN">
      <NewScan />
    </ForRole>
  );
}

function NewScan() {
  const { adopt, cat, path } = route.useSearch();
  const navigate = useNavigate();
  const { data } = useOperation(ScanTimesDocument, {});
  const [choice, setChoice] = useState<ScanChoice>({
    categories: cat ?? [],
    places: (path ?? []).join('\n'),
    isFull: false,
    adoptsRoots: adopt === true,
  });
  const [failure, setFailure] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const change = (changed: Partial<ScanChoice>) => setChoice((before) => ({ ...before, ...changed }));
  const begin = async (dryRun: boolean) => {
    setStarting(true);
    setFailure(null);
    try {
      const { id } = startedJob((await execute(ScanDocument, { input: toInput(choice, dryRun) })).result);
      await navigate({ to: '/scans/$id', params: { id } });
    } catch (error) {
      setFailure(describeFailure(error));
      setStarting(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void begin(true);
  };
  return (
    <form className={styles.page} onSubmit={submit}>
      <h1 className={styles.heading}>{words.title}</h1>
      <p className={styles.lead}>{words.lead}</p>
      <Running />
      <ChooseCategories
        categories={data?.categories ?? []}
        chosen={choice.categories}
        isOff={choice.places.trim() !== ''}
        onChange={(categories) => change({ categories })}
      />
      <label className={styles.field}>
        <span>{words.places}</span>
        <textarea
          rows={3}
          value={choice.places}
          aria-describedby="places-hint"
          onChange={({ target }) => change({ places: target.value })}
        />
        <span className={styles.hint} id="places-hint">
          {words.placesHint}
        </span>
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={choice.isFull} onChange={({ target }) => change({ isFull: target.checked })} />
        <span>{words.full}</span>
      </label>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={choice.adoptsRoots}
          onChange={({ target }) => change({ adoptsRoots: target.checked })}
        />
        <span>
          {words.adopt}
          {choice.adoptsRoots && <span className={styles.warning}>{words.adoptHint}</span>}
        </span>
      </label>
      <p className={styles.failure} role="alert">
        {failure}
      </p>
      <p className={styles.actions}>
        <Button kind="primary" render={<button type="submit" />} disabled={isStarting}>
          {words.plan}
        </Button>
        <Button onClick={() => void begin(false)} disabled={isStarting}>
          {words.now}
        </Button>
        <span className={styles.hint}>{words.planHint}</span>
      </p>
      {data !== undefined && <Times {...data.scanInfo} />}
    </form>
  );
}

/** The scans that are at work: another one of the same categories has to wait. */
function Running() {
  const { running } = useRecentJobs();
  const scans = running.filter(({ kind }) => kind === 'SCAN');
  if (scans.length === 0) return null;
  return (
    <section aria-labelledby="running">
      <h2 className={styles.section} id="running">
        {words.running}
      </h2>
      {scans.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </section>
  );
}

interface TimesProps {
  schedule?: string | null;
  nextScanAt?: string | null;
  isWatching: boolean;
}

function Times({ isWatching, nextScanAt, schedule }: TimesProps) {
  return (
    <section aria-labelledby="times">
      <h2 className={styles.section} id="times">
        {words.times}
      </h2>
      <ul className={styles.hint}>
        <li>
          {typeof schedule === 'string' && typeof nextScanAt === 'string'
            ? words.next(nextScanAt, schedule)
            : words.noSchedule}
        </li>
        <li>{isWatching ? words.watching : words.notWatching}</li>
      </ul>
    </section>
  );
}
