import { useShortcuts } from '../keys/shortcuts.ts';
import { seekBy, skip, toggleMuted, togglePlaying } from './music.ts';

/** The keys of the music, where no film has them. */
export function useMusicKeys(isOn = true): void {
  useShortcuts(
    {
      playPause: togglePlaying,
      back10: () => seekBy(-10),
      ahead10: () => seekBy(10),
      nextTitle: () => void skip(1),
      previousTitle: () => void skip(-1),
      mute: toggleMuted,
    },
    { isOn },
  );
}
