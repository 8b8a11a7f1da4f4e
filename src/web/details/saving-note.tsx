import { Button } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';
import styles from './details.module.css';
import type { Saving } from './use-saving.ts';

interface SavingNoteProps {
  id?: string;
  saving: Saving;
  onRetry: () => void;
}

/** Says beside a field what became of it. */
export function SavingNote({ id, saving, onRetry }: SavingNoteProps) {
  switch (saving.kind) {
    case 'done':
      return (
        <p id={id} className={styles.done} role="status">
          {texts.details.saved}
        </p>
      );
    case 'waiting':
      return (
        <div id={id} className={styles.waiting} role="alert">
          <p>{texts.details.notSaved(saving.reason)}</p>
          {saving.seconds !== null && <Button onClick={onRetry}>{texts.details.tryNow}</Button>}
        </div>
      );
    case 'refused':
      return (
        <p id={id} className={styles.refused} role="alert">
          {saving.reason}
        </p>
      );
    case 'idle':
    case 'busy':
      return null;
  }
}
