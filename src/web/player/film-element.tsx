import { useEffect, useRef, useState } from 'react';
import { duration } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { recall, remember } from '../ui/preferences.ts';
import { FilmBar } from './film-bar.tsx';
import type { FilmProps } from './film-props.ts';
import styles from './film.module.css';
import { NextUp } from './next-up.tsx';
import { keepPosition, recallPosition } from './positions.ts';
import { useFilmKeys } from './use-film-keys.ts';
import { useFlash } from './use-flash.ts';
import { startPlaying } from './start-playing.ts';

/** Where a film is. */
export interface Moment {
  seconds: number;
  isPlaying: boolean;
}

interface FilmElementProps extends FilmProps {
  /** Where it failed before; null where it begins as usual. */
  stoppedAt: Moment | null;
  onFailure: (moment: Moment) => void;
}

const usualSound = { volume: 1, isMuted: false };

/** A film with the browser's own controls, a line of frames, keys, and the place where it was left. */
export function FilmElement(props: FilmElementProps) {
  const { tile, item, isPlaying, isPartOfShow, stoppedAt, onEnd, onFailure, onGoTo } = props;
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [time, setTime] = useState({ position: 0, length: tile.durationSeconds ?? 0 });
  const [isOver, setOver] = useState(false);
  const moment = useRef<Moment>({ seconds: 0, isPlaying: false });
  const begins = stoppedAt?.isPlaying ?? isPlaying;
  const next = item?.next ?? null;
  const [flash, tell] = useFlash();
  useFilmKeys(video, { item, onGoTo, tell });
  useEffect(() => {
    if (video === null) return;
    const { isMuted, volume } = recall('film', usualSound);
    [video.volume, video.muted] = [Math.min(1, Math.max(0, volume)), isMuted];
    // What it was asked for is not read on when somebody has gone on.
    return () => {
      keepPosition(tile.id, video.currentTime, video.duration);
      video.removeAttribute('src');
      video.load();
    };
  }, [video, tile.id]);
  useEffect(() => {
    if (video === null || !begins) return;
    video.play().catch((error: unknown) => {
      // A browser that wants a click before it makes a sound plays without one.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      video.muted = true;
      startPlaying(video);
    });
  }, [video, begins]);
  const resume = (element: HTMLVideoElement) => {
    setTime({ position: element.currentTime, length: element.duration });
    if (stoppedAt !== null) {
      element.currentTime = stoppedAt.seconds;
      return;
    }
    const position = recallPosition(tile.id);
    if (position === null || position > element.duration - 5) return;
    element.currentTime = position;
    tell(texts.film.resumed(duration(position)));
  };
  const subtitles = (item?.companions ?? []).flatMap(({ subtitle }) => (subtitle?.webVttUrl ? [subtitle] : []));
  const isWholeScreenOurs = document.fullscreenEnabled;
  return (
    <div className={styles.film}>
      {/* Captions are those that lie beside the file. */}
      <video
        ref={setVideo}
        className={styles.video}
        src={tile.streamUrl}
        poster={tile.posterUrl}
        controls
        // The whole viewer fills the screen, with the line of frames and what comes next.
        {...(isWholeScreenOurs && { controlsList: 'nofullscreen' })}
        playsInline
        preload="metadata"
        aria-label={tile.title}
        onLoadedMetadata={({ currentTarget }) => resume(currentTarget)}
        onTimeUpdate={({ currentTarget: { currentTime, duration: length, paused } }) => {
          moment.current = { seconds: currentTime, isPlaying: !paused };
          setTime({ position: currentTime, length });
          keepPosition(tile.id, currentTime, length);
        }}
        onPlay={() => setOver(false)}
        onSeeking={({ currentTarget }) => !currentTarget.ended && setOver(false)}
        onVolumeChange={({ currentTarget: { muted, volume } }) => remember('film', { isMuted: muted, volume })}
        onEnded={() => (isPartOfShow ? onEnd() : setOver(true))}
        onError={() => onFailure({ ...moment.current, isPlaying: moment.current.isPlaying || begins })}
      >
        {subtitles.map(({ isForced, language, title, webVttUrl }) => (
          <track
            key={webVttUrl}
            kind="subtitles"
            src={webVttUrl ?? ''}
            srcLang={language ?? undefined}
            label={title ?? language ?? texts.film.subtitles}
            default={isForced}
          />
        ))}
      </video>
      <p className={styles.flash} role="status">
        {flash}
      </p>
      {isOver && next !== null && <NextUp next={next} onPlay={() => onGoTo(next.id)} onCancel={() => setOver(false)} />}
      {video !== null && (
        <FilmBar
          video={video}
          item={item}
          time={time}
          hasSubtitles={subtitles.length > 0}
          onGoTo={onGoTo}
          tell={tell}
        />
      )}
    </div>
  );
}
