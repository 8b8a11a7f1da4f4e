import { recall, remember } from '../ui/preferences.ts';
import { startPlaying } from './start-playing.ts';

interface DeckEvents {
  onTime: () => void;
  onEnd: () => void;
  onFailure: () => void;
}

/** Two audio elements: one plays, the other holds what comes next, so that one track follows the other without a pause. */
export interface Decks {
  /** The element that plays. */
  front(): HTMLAudioElement;
  /** Plays an address, at once where it was prepared. */
  play(url: string): void;
  /** Loads what is expected to come next. */
  prepare(url: string): void;
  setVolume(volume: number): void;
  stop(): void;
}

export function createDecks({ onEnd, onFailure, onTime }: DeckEvents): Decks {
  let at = 0;
  const both = [document.createElement('audio'), document.createElement('audio')];
  const { volume } = recall('music', { volume: 1 });
  const front = () => both[at] as HTMLAudioElement;
  const back = () => both[1 - at] as HTMLAudioElement;
  for (const audio of both) {
    audio.volume = Math.min(1, Math.max(0, volume));
    const hear = (name: string, act: () => void) =>
      audio.addEventListener(name, () => {
        if (audio === front() && audio.hasAttribute('src')) act();
      });
    for (const name of ['timeupdate', 'play', 'pause', 'durationchange', 'volumechange', 'seeked']) hear(name, onTime);
    hear('ended', onEnd);
    hear('error', onFailure);
    document.body.append(audio);
  }
  const drop = (audio: HTMLAudioElement) => {
    audio.removeAttribute('src');
    audio.load();
  };
  return {
    front,
    play(url) {
      front().pause();
      // One that failed while nobody heard it is asked for again, so that its failure is heard.
      const isPrepared = back().getAttribute('src') === url && back().error === null;
      const old = front();
      at = 1 - at;
      if (!isPrepared) front().src = url;
      drop(old);
      startPlaying(front());
    },
    prepare(url) {
      if (back().getAttribute('src') === url) return;
      back().preload = 'auto';
      back().src = url;
    },
    setVolume(next) {
      for (const audio of both) audio.volume = Math.min(1, Math.max(0, next));
      remember('music', { volume: next });
    },
    stop() {
      for (const audio of both) {
        audio.pause();
        drop(audio);
      }
    },
  };
}
