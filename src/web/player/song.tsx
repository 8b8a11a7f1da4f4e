import { Play } from 'lucide-react';
import type { Tile } from '../media/list-documents.ts';
import { texts } from '../words/texts.ts';
import { Button } from '../ui/button.tsx';
import { play } from './now-playing.ts';
import styles from './song.module.css';

/**
 * A piece of music with its cover; it plays in the bar at the bottom, also after the viewer is closed, and what follows it
 * in the list after it.
 */
export function Song({ tile, queue }: { tile: Tile; queue: () => readonly Tile[] }) {
  return (
    <div className={styles.song} data-no-swipe>
      <img className={styles.cover} src={tile.posterUrl} alt="" />
      <p className={styles.title}>{tile.title}</p>
      <Button kind="primary" onClick={() => play(queue(), 0)}>
        <Play aria-hidden /> {texts.film.play}
      </Button>
    </div>
  );
}
