import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction, useOperation } from '../api/use-operation.ts';
import { startedJob, watchJob } from '../jobs/job-toast.ts';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';
import { SelectedCountDocument } from '../media/list-documents.ts';
import { DeleteManyDocument } from './documents.ts';
import { isTyped } from './is-typed.ts';
import { TypedCount } from './typed-count.tsx';

/** Deletes a selection for good, once somebody has typed how many items that are. */
export function DeleteDialog({ selection, onBegin, onDone, onClose }: BatchProps) {
  const { destroy } = batchTexts;
  const [typed, setTyped] = useState('');
  const [removeFiles, setRemoveFiles] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  // What the service counts is what it deletes: the list may be older.
  const counted = useOperation(SelectedCountDocument, { selection }, { staleTime: 0 });
  const deleting = useAction(DeleteManyDocument);
  const count = counted.data?.selectedMediaCount;
  const run = async () => {
    if (count === undefined) return;
    try {
      const { result } = await deleting.mutateAsync({ selection, expectedCount: count, removeFiles });
      const job = startedJob(result);
      onClose();
      onBegin();
      await watchJob(job, onDone);
      onDone();
    } catch (error) {
      setTyped('');
      setFailure(describeFailure(error));
      void counted.refetch();
    }
  };
  return (
    <BatchDialog
      title={destroy.title}
      {...(count !== undefined && { lead: destroy.lead(count) })}
      onClose={onClose}
      submit={{
        label: destroy.submit(count ?? 0),
        isDanger: true,
        isDisabled: count === undefined || count === 0 || !isTyped(typed, count) || deleting.isPending,
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
