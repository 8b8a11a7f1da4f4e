import { SkipBack, SkipForward, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { texts } from '../words/texts.ts';
import type { Tile } from '../media/list-documents.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './audio-bar.module.css';
import { skip, stop, useNowPlaying } from './now-playing.ts';

/** The music, which plays on while one walks through the library. */
export function AudioBar() {
  const now = useNowPlaying();
  const track = now?.tracks[now.at];
  if (now === null || track === undefined) return null;
  return <Bar track={track} hasNext={now.at < now.tracks.length - 1} hasPrevious={now.at > 0} />;
}

interface BarProps {
  track: Tile;
  hasNext: boolean;
  hasPrevious: boolean;
}

function Bar({ track, hasNext, hasPrevious }: BarProps) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    void audio.current?.play().catch(() => undefined); // a browser may want a click of its own first
  }, [track.id]);
  useEffect(() => tellSystem(track, audio.current), [track]);
  return (
    <section className={styles.bar} aria-label={texts.music.bar}>
      <img className={styles.cover} src={track.thumbnailUrl} alt="" />
      <span className={styles.title}>{track.title}</span>
      <IconButton label={texts.music.previous} icon={<SkipBack />} disabled={!hasPrevious} onClick={() => skip(-1)} />
      <audio
        ref={audio}
        className={styles.audio}
        src={track.streamUrl}
        controls
        aria-label={track.title}
        onEnded={() => skip(1)}
      />
      <IconButton label={texts.music.next} icon={<SkipForward />} disabled={!hasNext} onClick={() => skip(1)} />
      <IconButton label={texts.music.close} icon={<X />} onClick={stop} />
    </section>
  );
}

/** Shows the track on the lock screen and hears the keys of headphones. */
function tellSystem(track: Tile, audio: HTMLAudioElement | null): (() => void) | undefined {
  if (!('mediaSession' in navigator)) return undefined;
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata({
    title: track.title,
    artwork: [{ src: new URL(track.mediumUrl, location.href).href }],
  });
  const handlers: [MediaSessionAction, () => void][] = [
    ['play', () => void audio?.play()],
    ['pause', () => audio?.pause()],
    ['nexttrack', () => skip(1)],
    ['previoustrack', () => skip(-1)],
    ['stop', stop],
  ];
  for (const [action, handle] of handlers) mediaSession.setActionHandler(action, handle);
  return () => {
    mediaSession.metadata = null;
    for (const [action] of handlers) mediaSession.setActionHandler(action, null);
  };
}
