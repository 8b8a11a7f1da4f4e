import { Link } from '@tanstack/react-router';
import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { Button, IconButton } from '../ui/button.tsx';
import { bytes } from '../words/format.ts';
import { uploadTexts } from '../words/uploads.ts';
import { hasEnded, type UploadEntry } from './entry.ts';
import { uploads } from './queue.ts';
import styles from './uploads.module.css';

/** One file of the queue: what it is, where it stands, and what can be done about it. */
export function UploadRow({ entry }: { entry: UploadEntry }) {
  const { folder, id, item, message, name, sentBytes, size, state } = entry;
  const isUnderWay = state === 'sending' || state === 'checking' || state === 'waiting';
  return (
    <li className={styles.row} data-state={state}>
      <div className={styles.words}>
        <p className={styles.name}>
          {item === null ? (
            name
          ) : (
            <Link to="/item/$id" params={{ id: item.id }} aria-label={uploadTexts.openItem(item.title)}>
              {name}
            </Link>
          )}
          <span className={styles.quiet}>{folder}</span>
        </p>
        <p className={styles.state}>{message ?? sayState(entry)}</p>
        {isUnderWay && sentBytes > 0 && (
          <div className={styles.bar} aria-hidden>
            <span style={{ width: `${Math.min(100, (100 * sentBytes) / Math.max(1, size))}%` }} />
          </div>
        )}
      </div>
      <span className={styles.size}>{bytes(size)}</span>
      <span className={styles.actions}>
        {state === 'known' && <Button onClick={() => uploads.retry(id)}>{uploadTexts.storeAnyway}</Button>}
        {state === 'refused' && size > 0 && entry.kind === null && (
          <Button onClick={() => uploads.retry(id)}>{uploadTexts.sendAnyway}</Button>
        )}
        {state === 'failed' && (
          <IconButton label={uploadTexts.retry} icon={<RotateCcw />} onClick={() => uploads.retry(id)} />
        )}
        {isUnderWay && <IconButton label={uploadTexts.pause} icon={<Pause />} onClick={() => uploads.pause(id)} />}
        {state === 'paused' && (
          <IconButton label={uploadTexts.goOn} icon={<Play />} onClick={() => uploads.resume(id)} />
        )}
        <IconButton label={uploadTexts.remove} icon={<X />} onClick={() => uploads.remove(id)} />
      </span>
    </li>
  );
}

function sayState(entry: UploadEntry): string {
  const { hashedBytes, item, name, sentBytes, size, state } = entry;
  if (state === 'checking' && hashedBytes > 0) return uploadTexts.hashed(hashedBytes, size);
  if (state === 'lost' && sentBytes > 0) return uploadTexts.keptPart(sentBytes);
  if (state === 'sending' || (sentBytes > 0 && !hasEnded(entry))) {
    return `${uploadTexts.states[state]} · ${bytes(sentBytes)}`;
  }
  // Where the bytes are known under another name, that says more.
  if (state === 'known' && item !== null && item.title !== name) return `${uploadTexts.states.known}: ${item.title}`;
  return uploadTexts.states[state];
}
