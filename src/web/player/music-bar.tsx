import { Link } from '@tanstack/react-router';
import { SkipBack, SkipForward, Volume2, X } from 'lucide-react';
import { useEffect } from 'react';
import { texts } from '../words/texts.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './music-bar.module.css';
import { tellPosition, tellSystem } from './media-session.ts';
import { currentVolume, setVolume, skip, stopMusic } from './music.ts';
import { MusicSeek, PlayButton } from './music-controls.tsx';
import type { NowPlaying } from './now-playing.ts';
import { useMusicKeys } from './use-music-keys.ts';

/** What plays, with all that one does with it. */
export function MusicBar({ now }: { now: NowPlaying }) {
  const { by, hasNext, isPlaying, length, position, problem, tile } = now;
  useEffect(() => tellSystem(tile, by), [tile.id, by]);
  // The system goes on counting by itself between these.
  useEffect(() => tellPosition({ isPlaying, length, position }), [isPlaying, length, tile.id]);
  useMusicKeys();
  return (
    <section className={styles.bar} aria-label={texts.music.bar}>
      <img
        key={tile.id}
        className={styles.cover}
        src={tile.thumbnailUrl}
        alt=""
        onError={(event) => (event.currentTarget.hidden = true)}
      />
      <div className={styles.words}>
        <Link className={styles.title} to="/item/$id" params={{ id: tile.id }}>
          {tile.title}
        </Link>
        <span className={styles.by} role={problem === null ? undefined : 'alert'}>
          {problem ?? by}
        </span>
      </div>
      <div className={styles.buttons}>
        <IconButton
          label={texts.music.previous}
          shortcut="previousTitle"
          icon={<SkipBack />}
          onClick={() => void skip(-1)}
        />
        <PlayButton isPlaying={isPlaying} />
        <IconButton
          label={texts.music.next}
          shortcut="nextTitle"
          icon={<SkipForward />}
          disabled={!hasNext}
          onClick={() => void skip(1)}
        />
      </div>
      <MusicSeek now={now} />
      <label className={styles.volume}>
        <Volume2 aria-hidden />
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          defaultValue={currentVolume()}
          aria-label={texts.music.volume}
          onChange={({ target }) => setVolume(Number(target.value))}
        />
      </label>
      <IconButton label={texts.music.close} icon={<X />} onClick={stopMusic} />
    </section>
  );
}
