import { useEffect, useSyncExternalStore } from 'react';
import { texts } from '../words/texts.ts';
import { say } from '../ui/say.ts';

/** Whether the page fills the screen, and the way in and out. The whole page does, so that menus and messages are seen. */
export function useWholeScreen(): { isWholeScreen: boolean; toggle: () => void } {
  const isWholeScreen = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  // Behind the viewer, the list is a page again.
  useEffect(
    () => () => {
      // Somebody may have left it meanwhile.
      if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
    },
    [],
  );
  return {
    isWholeScreen,
    toggle() {
      const done =
        document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
      done.catch(() => say(texts.viewer.noWholeScreen));
    },
  };
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}
