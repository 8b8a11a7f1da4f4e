import { useEffect, useRef, useState } from 'react';
import { execute } from '../api/execute.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { duration } from '../words/format.ts';
import { useShortcuts } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';
import type { Tile } from '../media/list-documents.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { SignedLinkDocument, type Item } from '../media/item-documents.ts';
import { findUnplayable } from './can-play.ts';
import styles from './film.module.css';
import { recallPosition, keepPosition } from './positions.ts';

interface FilmProps {
  tile: Tile;
  /** With its tracks and subtitles; null while they are not known. */
  item: Item | null;
}

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** A film with the browser's own controls, keys, its speed, and the place where it was left. */
export function Film({ tile, item }: FilmProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const codecs = item?.facts?.video.map(({ codec }) => codec ?? '').filter((codec) => codec !== '') ?? [];
  const unplayable =
    item === null
      ? null
      : findUnplayable({ filename: item.filename, videoCodecs: codecs }, (type) =>
          document.createElement('video').canPlayType(type),
        );
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    // What it was asked for is not read on when somebody has gone on.
    return () => {
      keepPosition(tile.id, element.currentTime, element.duration);
      element.removeAttribute('src');
      element.load();
    };
  }, [tile.id, unplayable]);
  const withVideo = (act: (element: HTMLVideoElement) => void) => () => {
    if (video.current !== null) act(video.current);
  };
  const changeSpeed = (by: number) =>
    withVideo((element) => {
      const at = speeds.findIndex((speed) => speed >= element.playbackRate);
      element.playbackRate = speeds[Math.min(speeds.length - 1, Math.max(0, at + by))] ?? 1;
      say(texts.film.speed(element.playbackRate));
    });
  useShortcuts({
    playPause: withVideo((element) => void (element.paused ? element.play() : element.pause())),
    back10: withVideo((element) => (element.currentTime -= 10)),
    ahead10: withVideo((element) => (element.currentTime += 10)),
    slower: changeSpeed(-1),
    faster: changeSpeed(1),
    mute: withVideo((element) => (element.muted = !element.muted)),
  });
  if (unplayable !== null || failure !== null) {
    return <Unplayable tile={tile} item={item} reason={failure ?? texts.film.cannot(unplayable ?? '')} />;
  }
  const subtitles = (item?.companions ?? []).flatMap(({ subtitle }) => (subtitle?.webVttUrl ? [subtitle] : []));
  return (
    <div className={styles.film}>
      {/* Captions are those that lie beside the file. */}
      <video
        ref={video}
        className={styles.video}
        src={tile.streamUrl}
        poster={tile.posterUrl}
        controls
        playsInline
        preload="metadata"
        aria-label={tile.title}
        onLoadedMetadata={({ currentTarget }) => {
          const position = recallPosition(tile.id);
          if (position === null || position > currentTarget.duration - 5) return;
          currentTarget.currentTime = position;
          say(texts.film.resumed(duration(position)));
        }}
        onTimeUpdate={({ currentTarget }) => keepPosition(tile.id, currentTarget.currentTime, currentTarget.duration)}
        onError={() => setFailure(item?.category.state === 'OFFLINE' ? texts.film.offline : texts.film.failed)}
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
    </div>
  );
}

function Unplayable({ tile, item, reason }: FilmProps & { reason: string }) {
  const copy = async () => {
    try {
      const { mediaItem } = await execute(SignedLinkDocument, { id: tile.id });
      await navigator.clipboard.writeText(new URL(mediaItem?.streamUrl ?? tile.streamUrl, location.href).href);
      say(texts.film.copied);
    } catch (error) {
      say(describeFailure(error));
    }
  };
  return (
    <div className={styles.unplayable} data-no-swipe>
      <img src={tile.posterUrl} alt="" onError={(event) => (event.currentTarget.hidden = true)} />
      <p role="alert">{reason}</p>
      <p>{texts.film.cannotHint}</p>
      <div className={styles.ways}>
        <Button onClick={() => void copy()}>{texts.film.copyLink}</Button>
        {item !== null && <Button render={<a href={item.downloadUrl} download />}>{texts.film.download}</Button>}
      </div>
    </div>
  );
}
