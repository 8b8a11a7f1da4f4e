import { useShortcuts } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';
import type { Item } from '../media/item-documents.ts';
import { toggleCaptions } from './captions.ts';
import { changeSpeed } from './speeds.ts';
import { startPlaying } from './start-playing.ts';

const usualFramesPerSecond = 25;

interface FilmKeysOptions {
  item: Item | null;
  onGoTo: (id: string) => void;
  /** Says what a key has done. */
  tell: (text: string) => void;
}

/** The keys of a film, while it is there. */
export function useFilmKeys(video: HTMLVideoElement | null, { item, onGoTo, tell }: FilmKeysOptions): void {
  const withVideo = (act: (element: HTMLVideoElement, event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (video !== null) act(video, event);
  };
  const frame = 1 / (item?.facts?.video[0]?.frameRate ?? usualFramesPerSecond);
  const stepFrame = (by: number) =>
    withVideo((element) => {
      element.pause();
      element.currentTime = Math.max(0, element.currentTime + by);
    });
  const goTo = (neighbour: { id: string } | null | undefined) => () => {
    if (neighbour) onGoTo(neighbour.id);
  };
  useShortcuts({
    playPause: withVideo((element) => (element.paused ? startPlaying(element) : element.pause())),
    back10: withVideo((element) => (element.currentTime -= 10)),
    ahead10: withVideo((element) => (element.currentTime += 10)),
    seekTenth: withVideo((element, { key }) => {
      if (Number.isFinite(element.duration)) element.currentTime = (element.duration * Number(key)) / 10;
    }),
    frameBack: stepFrame(-frame),
    frameAhead: stepFrame(frame),
    slower: withVideo((element) => tell(texts.film.speed(changeSpeed(element, -1)))),
    faster: withVideo((element) => tell(texts.film.speed(changeSpeed(element, 1)))),
    captions: withVideo((element) => tell(texts.film.captions(toggleCaptions(element)))),
    mute: withVideo((element) => (element.muted = !element.muted)),
    nextTitle: goTo(item?.next),
    previousTitle: goTo(item?.previous),
  });
}
