import { Play } from 'lucide-react';
import type { Tile } from '../media/list-documents.ts';
import { texts } from '../words/texts.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { playQueue } from './music.ts';
import { MusicSeek, PlayButton } from './music-controls.tsx';
import { useNowPlaying } from './now-playing.ts';
import type { Queue } from './queue.ts';
import styles from './song.module.css';
import { useMusicKeys } from './use-music-keys.ts';

interface SongProps {
  tile: Tile;
  /** What it is played from, with its place there. */
  queue: () => { queue: Queue; at: number };
}

/**
 * A piece of music with its cover; it plays in the bar at the bottom, also after the viewer is closed, and what follows it
 * in the list after it.
 */
export function Song({ tile, queue }: SongProps) {
  const now = useNowPlaying();
  const isNow = now?.tile.id === tile.id;
  useMusicKeys(now !== null);
  const begin = () => {
    const from = queue();
    playQueue(from.queue, from.at).catch(() => say(texts.music.unread));
  };
  return (
    <div className={styles.song} data-no-swipe>
      <img className={styles.cover} src={tile.posterUrl} alt="" />
      <p className={styles.title}>{tile.title}</p>
      {now !== null && isNow ? (
        <div className={styles.controls}>
          <PlayButton isPlaying={now.isPlaying} />
          <MusicSeek now={now} />
        </div>
      ) : (
        <Button kind="primary" onClick={begin}>
          <Play aria-hidden /> {texts.film.play}
        </Button>
      )}
      {isNow && now.problem !== null && <p role="alert">{now.problem}</p>}
    </div>
  );
}
