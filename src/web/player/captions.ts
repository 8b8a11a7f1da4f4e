import { recall, remember } from '../ui/preferences.ts';

/** Shows subtitles, those of the language that was shown last if they are there, or hides them. Returns their name; null where there are none now. */
export function toggleCaptions(video: HTMLVideoElement): string | null {
  const tracks = [...video.textTracks];
  const shown = tracks.filter(({ mode }) => mode === 'showing');
  if (shown.length > 0) {
    for (const track of shown) track.mode = 'disabled';
    return null;
  }
  const { captions } = recall('film', { captions: '' });
  const track = tracks.find(({ language }) => language === captions) ?? tracks[0];
  if (track === undefined) return null;
  track.mode = 'showing';
  remember('film', { captions: track.language });
  return track.label;
}
