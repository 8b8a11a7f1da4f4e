import { lazy, Suspense } from 'react';
import { useNowPlaying } from './now-playing.ts';

const MusicBar = lazy(async () => ({ default: (await import('./music-bar.tsx')).MusicBar }));

/** The music, which plays on while one walks through the library; its bar is loaded with the first track. */
export function AudioBar() {
  const now = useNowPlaying();
  return now === null ? null : (
    <Suspense>
      <MusicBar now={now} />
    </Suspense>
  );
}
