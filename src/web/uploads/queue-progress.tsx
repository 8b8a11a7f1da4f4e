import { Pause, Play } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { uploadTexts } from '../words/uploads.ts';
import type { QueueView } from './queue-view.ts';
import { uploads } from './queue.ts';
import styles from './uploads.module.css';

/** How far the whole queue is: a bar with bytes, rate and time left, and what holds it up. */
export function QueueProgress({ view }: { view: QueueView }) {
  const { isPaused, rate, summary, trouble, walked } = view;
  const { counts, doneBytes, isOpen, total, totalBytes } = summary;
  const refused = counts.refused + counts.failed;
  const done = counts.stored + counts.known;
  const text = uploadTexts.progress(done, total - refused, doneBytes, totalBytes);
  const secondsLeft = rate !== null && rate > 0 ? (totalBytes - doneBytes) / rate : null;
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * doneBytes) / totalBytes);
  return (
    <div className={styles.progress}>
      {isOpen || counts.lost + counts.paused > 0 ? (
        <>
          <div
            className={styles.bar}
            role="progressbar"
            aria-label={uploadTexts.title}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            aria-valuetext={text}
          >
            <span style={{ width: `${percent}%` }} data-paused={isPaused || undefined} />
          </div>
          <p className={styles.numbers}>
            <span>{text}</span>
            {!isPaused && rate !== null && rate > 0 && counts.sending > 0 && (
              <span>
                {uploadTexts.rate(rate)}
                {secondsLeft !== null && `, ${uploadTexts.left(secondsLeft)}`}
              </span>
            )}
          </p>
        </>
      ) : (
        <p role="status">{uploadTexts.finished(counts.stored, counts.known, refused)}</p>
      )}
      {walked !== null && <p className={styles.quiet}>{uploadTexts.walking(walked)}</p>}
      {trouble !== null && (
        <p className={styles.trouble} role="status">
          {trouble}
        </p>
      )}
      {isOpen && (
        <Button onClick={isPaused ? uploads.resumeAll : uploads.pauseAll}>
          {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {isPaused ? uploadTexts.resumeAll : uploadTexts.pauseAll}
        </Button>
      )}
    </div>
  );
}
