import { useEffect, useState } from 'react';
import { ServiceError } from '../api/api-errors.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { useOutdated, useTrouble, type Trouble } from '../api/trouble.ts';
import { Button } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';
import styles from './trouble-note.module.css';

/** Says what keeps the page from the service, above all else, for as long as it does. */
export function TroubleNote() {
  const trouble = useLasting(useTrouble());
  const isOutdated = useOutdated();
  const text = isOutdated ? texts.failure.updated : trouble === null ? '' : wordsOf(trouble);
  return (
    <div className={styles.place} role="status">
      {text !== '' && (
        <p className={styles.note}>
          <span>{text}</span>
          {isOutdated && <Button onClick={() => location.reload()}>{texts.failure.reload}</Button>}
        </p>
      )}
    </div>
  );
}

function wordsOf(trouble: Trouble): string {
  return trouble instanceof ServiceError ? texts.failure.busy(trouble.retryAfterSeconds) : describeFailure(trouble);
}

const leastMs = 600;

/** Leaves out what is over before anybody could read of it. */
function useLasting(trouble: Trouble | null): Trouble | null {
  const [isShown, setShown] = useState(false);
  const isOn = trouble !== null;
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setShown(true), leastMs);
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [isOn]);
  return isShown ? trouble : null;
}
