import { lazy, Suspense, useEffect, useState } from 'react';
import { takeDropped, type Dropped } from '../uploads/dropped.ts';
import { hasUnfinished, onUnfinished } from '../uploads/unfinished.ts';
import { texts } from '../words/texts.ts';
import styles from './upload-door.module.css';

const UploadPanel = lazy(async () => ({ default: (await import('../uploads/upload-panel.tsx')).UploadPanel }));

/** Takes files that are dropped or pasted on any page, and takes up what an earlier page left. */
export function UploadDoor({ mayUpload }: { mayUpload: boolean }) {
  const [isOpen, setOpen] = useState(hasUnfinished);
  useEffect(() => onUnfinished(() => setOpen(true)), []);
  const isOver = useFiles(mayUpload, (dropped) => {
    setOpen(true);
    void import('../uploads/queue.ts').then(({ uploads }) => uploads.addDropped(dropped));
  });
  return (
    <>
      {isOver && <div className={styles.over}>{mayUpload ? texts.nav.drop : texts.nav.mayNotDrop}</div>}
      <Suspense>{mayUpload && isOpen && <UploadPanel />}</Suspense>
    </>
  );
}

/** Whether files are held above the page. Somebody who may not upload keeps the page all the same: browsers would leave it for the file. */
function useFiles(mayUpload: boolean, onFiles: (dropped: Dropped[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = mayUpload ? 'copy' : 'none';
      setOver(true);
    };
    addEventListener('dragenter', drag, { signal });
    addEventListener('dragover', drag, { signal });
    addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false), { signal });
    addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!hasFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        if (mayUpload) onFiles(takeDropped(event.dataTransfer));
      },
      { signal },
    );
    addEventListener(
      'paste',
      ({ clipboardData }) => {
        if (mayUpload && clipboardData !== null && clipboardData.files.length > 0) onFiles(takeDropped(clipboardData));
      },
      { signal },
    );
    return () => listening.abort();
    // The state setters and the import that `onFiles` calls are always the same.
  }, [mayUpload]);
  return isOver;
}
