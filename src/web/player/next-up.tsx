import { useEffect, useState } from 'react';
import { texts } from '../words/texts.ts';
import { Button } from '../ui/button.tsx';
import { usePreferences } from '../ui/preferences.ts';
import type { Item } from '../media/item-documents.ts';
import styles from './next-up.module.css';

export type Neighbour = NonNullable<Item['next']>;

const waitSeconds = 8;

interface NextUpProps {
  next: Neighbour;
  onPlay: () => void;
  onCancel: () => void;
}

/** What comes after a film that belongs to a series: it begins by itself after a while, unless somebody does not want that. */
export function NextUp({ next, onPlay, onCancel }: NextUpProps) {
  const [{ playsOn }, choose] = usePreferences('film', { playsOn: true });
  const [left, setLeft] = useState(waitSeconds);
  useEffect(() => {
    if (!playsOn) return;
    if (left <= 0) {
      onPlay();
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [playsOn, left]);
  return (
    <section className={styles.next} aria-label={texts.film.nextUp} data-no-swipe>
      <img
        className={styles.picture}
        src={next.mediumUrl}
        alt=""
        onError={(event) => (event.currentTarget.hidden = true)}
      />
      <div className={styles.words}>
        <p role="status">{texts.film.next(nameOf(next))}</p>
        {playsOn && (
          <p className={styles.timer} role="timer">
            {texts.film.nextIn(left)}
          </p>
        )}
        <div className={styles.ways}>
          <Button kind="primary" onClick={onPlay}>
            {texts.film.playNow}
          </Button>
          <Button onClick={onCancel}>{texts.film.cancel}</Button>
        </div>
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={playsOn}
            onChange={({ target }) => {
              setLeft(waitSeconds);
              choose({ playsOn: target.checked });
            }}
          />
          {texts.film.playsOn}
        </label>
      </div>
    </section>
  );
}

/** Returns `S01E03 Low Water`; the title alone for what has no numbers. */
export function nameOf({ episodeNumber, seasonNumber, title }: Neighbour): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  if (typeof episodeNumber !== 'number') return title;
  const season = typeof seasonNumber === 'number' ? `S${pad(seasonNumber)}` : '';
  const name = `${season}E${pad(episodeNumber)}`;
  return title.toUpperCase().includes(name) ? title : `${name} ${title}`;
}
