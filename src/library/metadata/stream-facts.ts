import type { AudioTrack, ImageTrack, Track, VideoTrack } from 'mediainfo.js';
import { displaySize } from './display-size.ts';
import type { AudioTrackFacts, ProbedFacts, StreamFacts, VideoTrackFacts } from './technical-metadata.ts';

/**
 * Returns what the catalogue keeps of MediaInfo's tracks; null where they hold neither film nor sound nor picture.
 * Everything in them comes from a stranger's file: numbers that make no sense become null, texts are cut.
 */
export function streamFactsOf(tracks: readonly Track[]): (ProbedFacts & { technical: StreamFacts }) | null {
  const [general] = tracksOf(tracks, 'General');
  const video = tracksOf(tracks, 'Video');
  const audio = tracksOf(tracks, 'Audio');
  // An image track is the picture of a picture file; beside sound it is only a cover.
  const images = audio.length === 0 ? tracksOf(tracks, 'Image') : [];
  const [shown] = [...video, ...images];
  if (general?.Format === undefined || (shown === undefined && audio.length === 0)) return null;

  const durations = [...video, ...audio].map((track) => track.Duration ?? 0);
  return {
    ...(shown === undefined ? { width: null, height: null } : displaySize(shown)),
    durationSeconds: positive(general.Duration) ?? positive(Math.max(0, ...durations)),
    technical: {
      kind: 'stream',
      container: text(general.Format) ?? 'unknown',
      bitRate: positive(general.OverallBitRate),
      video: [...video, ...images].map(videoFacts),
      audio: audio.map(audioFacts),
      subtitles: tracksOf(tracks, 'Text').map((track) => ({
        format: text(track.Format),
        language: text(track.Language),
      })),
      notes: general.extra?.['IsTruncated'] === 'Yes' ? ['The file ends before the end that its headers tell of.'] : [],
    },
  };
}

/** A file can claim thousands of tracks. */
const maxTracks = 50;

type TrackOf<T extends Track['@type']> = Extract<Track, { '@type': T }>;

function tracksOf<T extends Track['@type']>(tracks: readonly Track[], type: T): TrackOf<T>[] {
  return tracks.filter((track): track is TrackOf<T> => track['@type'] === type).slice(0, maxTracks);
}

function videoFacts(track: VideoTrack | ImageTrack): VideoTrackFacts {
  const film = track['@type'] === 'Video' ? track : undefined;
  return {
    codec: text(track.Format),
    profile: text(track.Format_Profile),
    width: positive(track.Width),
    height: positive(track.Height),
    rotation: Math.round(Number(film?.Rotation ?? 0)),
    frameRate: positive(film?.FrameRate),
    bitRate: positive(film?.BitRate),
    bitDepth: positive(track.BitDepth),
    language: text(track.Language),
  };
}

function audioFacts(track: AudioTrack): AudioTrackFacts {
  return {
    codec: text(track.Format),
    profile: text(track.Format_Profile),
    channels: positive(track.Channels),
    samplingRate: positive(track.SamplingRate),
    bitRate: positive(track.BitRate),
    language: text(track.Language),
  };
}

function positive(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

/** Control characters go, since PostgreSQL stores no NUL. */
function text(value: string | undefined): string | null {
  const clean = value?.replace(/\p{Cc}/gu, '').slice(0, 80);
  return clean === undefined || clean === '' ? null : clean;
}
