import { useEffect, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { watchJob } from '../jobs/job-toast.ts';
import { ProxyProfilesDocument } from '../proxies/documents.ts';
import { useProxyRun } from '../proxies/use-proxy-run.ts';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';

/** Makes image proxies of a selection: it looks first, and says what it would do before it does it. */
export function ProxiesDialog({ selection, onBegin, onDone, onClose }: BatchProps) {
  const [profile, setProfile] = useState('nova');
  const [force, setForce] = useState(false);
  const { data } = useOperation(ProxyProfilesDocument, {}, { staleTime: 60_000 });
  const look = useProxyRun();
  const run = useProxyRun((job) => {
    onClose();
    onBegin();
    void watchJob(job, onDone).then(onDone);
  });
  const { start } = look;
  useEffect(() => {
    start({ selection, profile, force, dryRun: true });
    // The selection of an open dialog stays; its object is made anew with each rendering.
  }, [profile, force]);
  const { report } = look;
  // A look counts what it would make; what is too small is not among it.
  const need = report?.proxiesCreated ?? 0;
  const { done = 0, total = null } = look.job?.progress ?? {};
  const failure = look.error ?? run.error;
  return (
    <BatchDialog
      title={batchTexts.look.title}
      onClose={onClose}
      submit={{
        label: batchTexts.look.make(need),
        isDisabled: report === null || need === 0 || run.isBusy,
        run: () => run.start({ selection, profile, force }),
      }}
    >
      <label className={styles.field}>
        {batchTexts.profile}
        <select value={profile} onChange={({ target }) => setProfile(target.value)}>
          {(data?.imageProxyProfiles ?? [{ name: 'nova', shorterSide: 0 }]).map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={force} onChange={({ target }) => setForce(target.checked)} />
        {batchTexts.force}
      </label>
      <p role="status">
        {report === null
          ? batchTexts.look.looking(done, total)
          : batchTexts.look.outcome(need, report.totalImages, report.totalProxyBytes, report.totalOriginalBytes)}
      </p>
      {failure !== null && <p className={styles.failed}>{describeFailure(failure)}</p>}
    </BatchDialog>
  );
}
