import { describeFailure } from '../api/describe-failure.ts';
import { texts } from '../words/texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './viewer.module.css';

interface MissingProps {
  /** Null where the service says that there is no such item. */
  error: Error | null;
  onRetry: () => void;
  onClose: () => void;
}

/** Says why an item is not shown, and leads on. */
export function Missing({ error, onRetry, onClose }: MissingProps) {
  return (
    <div className={styles.gone}>
      <p role="alert">{error === null ? texts.viewer.gone : describeFailure(error)}</p>
      <div className={styles.ways}>
        {error !== null && (
          <Button kind="primary" onClick={onRetry}>
            {texts.list.retry}
          </Button>
        )}
        <Button onClick={onClose}>{texts.viewer.back}</Button>
      </div>
    </div>
  );
}
