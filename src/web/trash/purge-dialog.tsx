import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { ServiceError } from '../api/api-errors.ts';
import { BatchDialog } from '../batch/batch-dialog.tsx';
import styles from '../batch/batch.module.css';
import { isTyped } from '../batch/is-typed.ts';
import { TypedCount } from '../batch/typed-count.tsx';
import { say } from '../ui/say.ts';
import { trashTexts } from '../words/trash.ts';
import { PurgeDocument } from './documents.ts';

type Status = 'DELETED' | 'MISSING';

const statuses: readonly Status[] = ['DELETED', 'MISSING'];
const ages = [0, 7, 30, 90, 365] as const;
const dayMs = 24 * 60 * 60_000;

/** Forgets what is in the trash for long: it counts first, and wants the count typed. */
export function PurgeDialog({ status, onClose }: { status: Status; onClose: () => void }) {
  const { purge } = trashTexts;
  const client = useQueryClient();
  const [opened] = useState(Date.now);
  const [days, setDays] = useState<number>(30);
  const [chosen, setChosen] = useState<readonly Status[]>([status]);
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  // What is counted is what is forgotten: nothing that was removed since.
  const input = { olderThan: new Date(opened - days * dayMs).toISOString(), statuses: [...chosen] };
  const counted = useQuery({
    queryKey: ['purge', input],
    queryFn: ({ signal }) => carryOut({ ...input, dryRun: true }, signal),
    enabled: chosen.length > 0,
    staleTime: 0,
  });
  const count = chosen.length === 0 ? 0 : counted.data?.items;
  const run = async () => {
    try {
      const { items } = await carryOut(input);
      onClose();
      say(purge.done(items));
      await client.invalidateQueries();
    } catch (error) {
      setFailure(error);
    }
  };
  const error = failure ?? counted.error;
  return (
    <BatchDialog
      title={purge.title}
      lead={purge.lead}
      onClose={onClose}
      submit={{
        label: purge.submit(count ?? 0),
        isDanger: true,
        isDisabled: count === undefined || count === 0 || !isTyped(typed, count),
        run: () => void run(),
      }}
    >
      <label className={styles.field}>
        {purge.since}
        <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
          {ages.map((age) => (
            <option key={age} value={age}>
              {purge.ages[age]}
            </option>
          ))}
        </select>
      </label>
      <div role="group" aria-label={purge.which}>
        {statuses.map((each) => (
          <label key={each} className={styles.check}>
            <input
              type="checkbox"
              checked={chosen.includes(each)}
              onChange={({ target }) =>
                setChosen(statuses.filter((one) => (one === each ? target.checked : chosen.includes(one))))
              }
            />
            {purge.statuses[each]}
          </label>
        ))}
      </div>
      <p role="status">
        {count === undefined
          ? purge.counting
          : count === 0
            ? purge.nothing
            : purge.outcome(count, counted.data?.sizeBytes ?? 0)}
      </p>
      {count !== undefined && count > 0 && <TypedCount count={count} value={typed} onChange={setTyped} />}
      {error !== null && error !== undefined && (
        <p className={styles.failed} role="alert">
          {describeFailure(error)}
        </p>
      )}
    </BatchDialog>
  );
}

async function carryOut(
  input: { olderThan: string; statuses: Status[]; dryRun?: boolean },
  signal?: AbortSignal,
): Promise<{ items: number; sizeBytes: number }> {
  const { result } = await execute(PurgeDocument, { input }, signal);
  if (result.__typename === 'PurgedMedia') return result;
  throw new ServiceError(result.message, { code: result.code, status: 200, retryAfterSeconds: null });
}
