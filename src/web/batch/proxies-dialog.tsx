import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { ProxyProfilesDocument, StartProxiesDocument } from '../proxies/documents.ts';
import { Spoken } from '../ui/spoken.tsx';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';
import { useProxyLook } from './use-proxy-look.ts';

/** Makes image proxies of a selection: it looks first, and says what it would do before it does it. */
export function ProxiesDialog({ selections, onBegin, onDone, onClose }: BatchProps) {
  const [profile, setProfile] = useState('nova');
  const [force, setForce] = useState(false);
  const { data } = useOperation(ProxyProfilesDocument, {}, { staleTime: 60_000 });
  const { report, done, total, error } = useProxyLook(selections, profile, force);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    try {
      await runJobs(
        selections.map((selection) => async () => {
          const input = { selection, profile, force };
          return (await execute(StartProxiesDocument, { input })).result;
        }),
        {
          // Two runs for one profile exclude each other.
          inTurn: true,
          onBegin() {
            onClose();
            onBegin();
          },
          onUndo: onDone,
        },
      );
      onDone();
    } catch (failed) {
      setBusy(false);
      setRefusal(failed);
    }
  };
  // A look counts what it would make; what is too small is not among it.
  const need = report?.proxiesCreated ?? 0;
  const failure = error ?? refusal;
  const said =
    report === null
      ? batchTexts.look.looking(done, total)
      : batchTexts.look.outcome(need, report.totalImages, report.totalProxyBytes, report.totalOriginalBytes);
  return (
    <BatchDialog
      title={batchTexts.look.title}
      onClose={onClose}
      submit={{
        label: batchTexts.look.make(need),
        isDisabled: report === null || need === 0 || isBusy,
        run: () => void run(),
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
      <p>{said}</p>
      <Spoken text={said} isUnderWay={report === null} />
      {failure !== null && <p className={styles.failed}>{describeFailure(failure)}</p>}
    </BatchDialog>
  );
}
