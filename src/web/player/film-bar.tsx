import { Captions, PictureInPicture2, SkipBack, SkipForward } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { texts } from '../words/texts.ts';
import type { Item } from '../media/item-documents.ts';
import { Button, IconButton, useKeyTip } from '../ui/button.tsx';
import { toggleCaptions } from './captions.ts';
import styles from './film.module.css';
import { nameOf } from './next-up.tsx';
import { speeds } from './speeds.ts';
import { Scrubber } from './storyboard.tsx';

interface FilmBarProps {
  video: HTMLVideoElement;
  item: Item | null;
  /** Seconds. */
  time: { position: number; length: number };
  hasSubtitles: boolean;
  onGoTo: (id: string) => void;
  tell: (text: string) => void;
}

/** What the browser's own controls have not: frames along the film, its neighbours, speed, subtitles and a window of its own. */
export function FilmBar({ video, item, time, hasSubtitles, onGoTo, tell }: FilmBarProps) {
  const { next, previous } = item ?? {};
  const speed = useSyncExternalStore(
    (listener) => {
      video.addEventListener('ratechange', listener);
      return () => video.removeEventListener('ratechange', listener);
    },
    () => video.playbackRate,
  );
  const speedTip = useKeyTip(texts.film.speed(speed), 'faster');
  const faster = () => {
    const at = speeds.indexOf(speed as (typeof speeds)[number]);
    video.playbackRate = speeds[(at + 1) % speeds.length] ?? 1;
  };
  const popOut = () => {
    const done =
      document.pictureInPictureElement === video ? document.exitPictureInPicture() : video.requestPictureInPicture();
    done.catch((error: unknown) => tell(describeFailure(error)));
  };
  return (
    <div className={styles.bar} data-no-swipe>
      {previous && (
        <IconButton
          label={texts.film.previous(nameOf(previous))}
          shortcut="previousTitle"
          icon={<SkipBack />}
          onClick={() => onGoTo(previous.id)}
        />
      )}
      <Scrubber
        storyboardUrl={item?.storyboardUrl ?? null}
        position={time.position}
        length={time.length}
        onSeek={(seconds) => (video.currentTime = seconds)}
      />
      {next && (
        <IconButton
          label={texts.film.next(nameOf(next))}
          shortcut="nextTitle"
          icon={<SkipForward />}
          onClick={() => onGoTo(next.id)}
        />
      )}
      <Button kind="quiet" aria-label={texts.film.speed(speed)} {...speedTip} onClick={faster}>
        {texts.film.times(speed)}
      </Button>
      {hasSubtitles && (
        <IconButton
          label={texts.film.subtitles}
          shortcut="captions"
          icon={<Captions />}
          onClick={() => tell(texts.film.captions(toggleCaptions(video)))}
        />
      )}
      {document.pictureInPictureEnabled && (
        <IconButton label={texts.film.popOut} icon={<PictureInPicture2 />} onClick={popOut} />
      )}
    </div>
  );
}
