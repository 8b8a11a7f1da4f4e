import { Pause, Play } from 'lucide-react';
import { duration } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './music-controls.module.css';
import { seekTo, togglePlaying } from './music.ts';
import type { NowPlaying } from './now-playing.ts';

export function PlayButton({ isPlaying }: { isPlaying: boolean }) {
  return (
    <IconButton
      kind="primary"
      label={isPlaying ? texts.film.pause : texts.film.play}
      shortcut="playPause"
      icon={isPlaying ? <Pause /> : <Play />}
      onClick={togglePlaying}
    />
  );
}

/** Where the track is, and the way to another place in it. */
export function MusicSeek({ now: { length, position } }: { now: NowPlaying }) {
  return (
    <div className={styles.seek}>
      <span>{duration(position)}</span>
      <input
        type="range"
        min={0}
        max={Math.max(1, Math.floor(length))}
        step={1}
        value={Math.floor(position)}
        aria-label={texts.music.position}
        aria-valuetext={texts.film.positionOf(duration(position), duration(length))}
        onChange={({ target }) => seekTo(Number(target.value))}
      />
      <span>{duration(length)}</span>
    </div>
  );
}
