import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toServiceError } from '../api/api-errors.ts';
import { duration } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { frameAt, parseStoryboard } from './parse-storyboard.ts';
import styles from './storyboard.module.css';

interface ScrubberProps {
  /** Null for a film without frames. */
  storyboardUrl: string | null;
  /** Seconds. */
  position: number;
  length: number;
  onSeek: (seconds: number) => void;
}

/** A line as long as the film, which shows the frame of the moment that is pointed at; its frames are asked for by the first hover. */
export function Scrubber({ storyboardUrl, position, length, onSeek }: ScrubberProps) {
  const [pointed, setPointed] = useState<{ seconds: number; left: number } | null>(null);
  const [isWanted, setWanted] = useState(false);
  const { data: frames } = useQuery({
    queryKey: ['storyboard', storyboardUrl],
    queryFn: ({ signal }) => readStoryboard(storyboardUrl ?? '', signal),
    enabled: isWanted && storyboardUrl !== null,
    staleTime: Infinity,
  });
  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const along = Math.min(1, Math.max(0, (event.clientX - left) / width));
    setWanted(true);
    setPointed({ seconds: along * length, left: along * width });
  };
  const frame = pointed === null || frames === undefined ? undefined : frameAt(frames, pointed.seconds);
  return (
    <div
      className={styles.scrubber}
      data-no-swipe
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setPointed(null)}
      onPointerCancel={() => setPointed(null)}
    >
      {pointed !== null && (
        <span className={styles.preview} style={{ left: pointed.left }} aria-hidden>
          {frame !== undefined && (
            <span
              className={styles.frame}
              data-frame={frame.start}
              style={{
                width: frame.width,
                height: frame.height,
                backgroundImage: `url("${frame.url}")`,
                backgroundPosition: `-${frame.x}px -${frame.y}px`,
              }}
            />
          )}
          <span className={styles.time}>{duration(pointed.seconds)}</span>
        </span>
      )}
      <input
        className={styles.line}
        type="range"
        min={0}
        max={Math.max(1, Math.floor(length))}
        step={1}
        value={Math.floor(position)}
        aria-label={texts.film.position}
        aria-valuetext={texts.film.positionOf(duration(position), duration(length))}
        onChange={({ target }) => onSeek(Number(target.value))}
      />
    </div>
  );
}

async function readStoryboard(url: string, signal: AbortSignal) {
  const response = await fetch(url, { signal, priority: 'low' });
  if (!response.ok) throw toServiceError(response, response.statusText, undefined);
  return parseStoryboard(await response.text(), response.url);
}
