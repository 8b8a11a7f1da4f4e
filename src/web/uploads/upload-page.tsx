import { useQuery } from '@tanstack/react-query';
import { FileUp, FolderUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { ForRole } from '../ui/for-role.tsx';
import { Notice } from '../ui/notice.tsx';
import { number } from '../words/format.ts';
import { uploadTexts } from '../words/uploads.ts';
import type { UploadEntry, UploadState } from './entry.ts';
import { QueueProgress } from './queue-progress.tsx';
import { uploads } from './queue.ts';
import { TargetFields } from './target-fields.tsx';
import { UploadRow } from './upload-row.tsx';
import styles from './uploads.module.css';
import { useQueue } from './use-queue.ts';

const groups = {
  all: null,
  open: ['waiting', 'checking', 'sending', 'paused'],
  waiting: ['lost'],
  refused: ['refused', 'failed'],
  done: ['stored', 'known'],
} as const satisfies Record<string, readonly UploadState[] | null>;

type Group = keyof typeof groups;

const groupNames = Object.keys(groups) as Group[];
const shownAtFirst = 200;

/** Files on their way to the library. */
export function UploadPage() {
  return (
    <ForRole least="EDITOR">
      <Uploads />
    </ForRole>
  );
}

function Uploads() {
  const view = useQueue();
  const { data: facts } = useQuery({ queryKey: ['upload-facts'], queryFn: uploads.facts });
  const { summary } = view;
  return (
    <div className={styles.page} id="list" tabIndex={-1}>
      <h1 className={styles.title}>{uploadTexts.title}</h1>
      <p className={styles.lead}>
        {uploadTexts.lead} {typeof facts?.maxBytes === 'number' && uploadTexts.limit(facts.maxBytes)}
      </p>
      <div className={styles.choose}>
        <Picker label={uploadTexts.chooseFiles} icon={<FileUp aria-hidden />} />
        <Picker label={uploadTexts.chooseFolder} icon={<FolderUp aria-hidden />} isFolder />
      </div>
      <TargetFields />
      {summary.total === 0 && view.walked === null ? (
        <Notice text={uploadTexts.empty} />
      ) : (
        <>
          <QueueProgress view={view} />
          <LostRoots />
          <Queue counts={summary.counts} total={summary.total} />
        </>
      )}
    </div>
  );
}

function Picker({ label, icon, isFolder = false }: { label: string; icon: React.ReactNode; isFolder?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={(element) => {
          input.current = element;
          if (isFolder) element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          void uploads.addPicked([...(target.files ?? [])]);
          // The same files may be chosen again.
          target.value = '';
        }}
      />
      <Button kind={isFolder ? 'plain' : 'primary'} onClick={() => input.current?.click()}>
        {icon}
        {label}
      </Button>
    </>
  );
}

/** Browsers ask before they read files again that were given before a restart. */
function LostRoots() {
  const roots = [...uploads.lostRoots()];
  if (roots.length === 0) return null;
  return (
    <div className={styles.choose}>
      {roots.slice(0, 5).map(([root, count]) => (
        <Button key={root} kind="primary" onClick={() => void uploads.allowAgain(root)}>
          {uploadTexts.allowAgain(count)}
        </Button>
      ))}
      <span className={styles.quiet}>{uploadTexts.allowHint}</span>
    </div>
  );
}

function Queue({ counts, total }: { counts: Record<UploadState, number>; total: number }) {
  const [group, setGroup] = useState<Group>('all');
  const [most, setMost] = useState(shownAtFirst);
  const countOf = (each: Group) => groups[each]?.reduce((sum, state) => sum + counts[state], 0) ?? total;
  const isWanted = ({ state }: UploadEntry) =>
    (groups[group] as readonly UploadState[] | null)?.includes(state) ?? true;
  const entries = uploads.some(isWanted, most);
  const ended = countOf('done') + countOf('refused');
  return (
    <>
      <div className={styles.groups} role="group" aria-label={uploadTexts.queue}>
        {groupNames
          .filter((each) => each === 'all' || each === group || countOf(each) > 0)
          .map((each) => (
            <Button key={each} kind="quiet" aria-pressed={each === group} onClick={() => setGroup(each)}>
              {uploadTexts.groups[each]} {number(countOf(each))}
            </Button>
          ))}
        {ended > 0 && <Button onClick={uploads.clearDone}>{uploadTexts.clearDone}</Button>}
      </div>
      <ul aria-label={uploadTexts.queue}>
        {entries.map((entry) => (
          <UploadRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {countOf(group) > entries.length && (
        <Button onClick={() => setMost(most + shownAtFirst)}>
          {uploadTexts.more(countOf(group) - entries.length)}
        </Button>
      )}
    </>
  );
}
