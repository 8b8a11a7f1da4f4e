import { Link, useMatchRoute } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { uploadTexts } from '../words/uploads.ts';
import { QueueProgress } from './queue-progress.tsx';
import styles from './uploads.module.css';
import { useQueue } from './use-queue.ts';

/** The queue in a corner of every page but its own, while there is something to see. */
export function UploadPanel() {
  const view = useQueue();
  // Who hides it sees it again when more is added.
  const [hiddenAt, setHiddenAt] = useState(0);
  const isOnPage = useMatchRoute()({ to: '/upload' }) !== false;
  const { total } = view.summary;
  if (isOnPage || (view.walked === null && total <= hiddenAt)) return null;
  return (
    <section className={styles.panel} aria-label={uploadTexts.title}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{uploadTexts.title}</h2>
        <Button kind="quiet" render={<Link to="/upload" />}>
          {uploadTexts.show}
        </Button>
        <IconButton label={uploadTexts.hide} icon={<X />} onClick={() => setHiddenAt(total)} />
      </div>
      <QueueProgress view={view} />
    </section>
  );
}
