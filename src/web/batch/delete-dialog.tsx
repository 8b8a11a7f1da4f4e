import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { countQuery, sumOf } from '../media/count-selected.ts';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';
import { DeleteManyDocument } from './documents.ts';
import { isTyped } from './is-typed.ts';
import { TypedCount } from './typed-count.tsx';

/** Deletes a selection for good, once somebody has typed how many items that are. */
export function DeleteDialog({ selections, onBegin, onDone, onClose }: BatchProps) {
  const { destroy } = batchTexts;
  const [typed, setTyped] = useState('');
  const [removeFiles, setRemoveFiles] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  // What the service counts is what it deletes: the list may be older.
  const counted = useQuery({ ...countQuery(selections), staleTime: 0 });
  const count = counted.data && sumOf(counted.data);
  const run = async () => {
    setBusy(true);
    try {
      // A part that has become another one since would be refused after others had gone.
      const { data: counts = [] } = await counted.refetch({ throwOnError: true });
      if (sumOf(counts) !== count) {
        askAgain(destroy.changed);
        return;
      }
      await runJobs(
        selections.map((selection, at) => async () => {
          const expectedCount = counts[at] ?? 0;
          return (await execute(DeleteManyDocument, { selection, expectedCount, removeFiles })).result;
        }),
        { onBegin: begin, onUndo: onDone },
      );
      onDone();
    } catch (error) {
      askAgain(describeFailure(error));
      void counted.refetch();
    }
  };
  const begin = () => {
    onClose();
    onBegin();
  };
  const askAgain = (why: string) => {
    setBusy(false);
    setTyped('');
    setFailure(why);
  };
  return (
    <BatchDialog
      title={destroy.title}
      {...(count !== undefined && { lead: destroy.lead(count) })}
      onClose={onClose}
      submit={{
        label: destroy.submit(count ?? 0),
        isDanger: true,
        isDisabled: count === undefined || count === 0 || !isTyped(typed, count) || isBusy,
        run: () => void run(),
      }}
    >
      <label className={styles.check}>
        <input type="checkbox" checked={removeFiles} onChange={({ target }) => setRemoveFiles(target.checked)} />
        {destroy.files}
      </label>
      {!removeFiles && <p className={styles.quiet}>{destroy.filesStay}</p>}
      {count !== undefined && <TypedCount count={count} value={typed} onChange={setTyped} />}
      {(failure ?? counted.error) && (
        <p className={styles.failed} role="alert">
          {failure ?? describeFailure(counted.error)}
        </p>
      )}
    </BatchDialog>
  );
}
