import type { AudioTrack, GeneralTrack, TextTrack as MediaInfoText, Track, VideoTrack } from 'mediainfo.js';
import { findChapters } from './chapters.ts';
import { cleanNumber, cleanText, withoutGaps } from './clean.ts';
import type { CameraFacts, FilmTrack, MediaFacts, SoundTrack, TextTrack } from './facts.ts';
import { filmDates } from './film-dates.ts';
import { filmPlace } from './film-place.ts';
import { createNotes, type Notes } from './notes.ts';
import type { ReadFacts } from './picture-facts.ts';

interface FilmOptions {
  filename: string;
  /** Whether it is sound alone, whose dates are those of publishing. */
  isMusic: boolean;
}

/** A file can claim thousands of tracks. */
const maxTracks = 50;

/** Returns what MediaInfo's tracks say of a film or of sound. */
export function filmFacts(tracks: readonly Track[], { filename, isMusic }: FilmOptions): ReadFacts {
  const notes = createNotes();
  const [general] = tracksOf(tracks, 'General', notes) as [GeneralTrack?];
  const video = tracksOf(tracks, 'Video', notes).map((track) => filmTrack(track as VideoTrack, notes));
  const audio = tracksOf(tracks, 'Audio', notes).map((track) => soundTrack(track as AudioTrack, notes));
  const subtitles = tracksOf(tracks, 'Text', notes).map((track) => textTrack(track as MediaInfoText, notes));
  const chapters = findChapters(tracks, notes);
  const dates = general === undefined || isMusic ? [] : filmDates(general, { filename, notes });
  const facts = withoutGaps<MediaFacts>({
    camera: isMusic ? undefined : cameraOf(general, notes),
    place: filmPlace(general, notes),
    embeddedTitle: isMusic ? undefined : cleanText(general?.Title, 'The title', notes),
    hdr: video.find((track) => track.hdr !== undefined)?.hdr,
    video: nonEmpty(video),
    audio: nonEmpty(audio),
    subtitles: nonEmpty(subtitles),
    chapters: nonEmpty(chapters),
  });
  return { facts: { ...facts, notes: [...notes.list] }, dates };
}

function tracksOf(tracks: readonly Track[], type: Track['@type'], notes: Notes): readonly Track[] {
  const found = tracks.filter((track) => track['@type'] === type);
  if (found.length > maxTracks) {
    notes.add(`It has ${found.length} tracks of the kind ${type}; ${maxTracks} are kept.`);
  }
  return found.slice(0, maxTracks);
}

function cameraOf(general: GeneralTrack | undefined, notes: Notes): CameraFacts | undefined {
  const extra = general?.extra;
  const text = (value: unknown) => cleanText(value, 'The name of the camera', notes, 100);
  return withoutGaps<CameraFacts>({
    make: text(general?.Encoded_Hardware_CompanyName ?? extra?.['com_android_manufacturer']),
    model: text(general?.Encoded_Hardware_Name ?? extra?.['com_android_model']),
  });
}

function filmTrack(track: VideoTrack, notes: Notes): FilmTrack {
  const bits = cleanNumber(track.BitDepth, 'The bit depth', notes, { min: 1, max: 64 });
  return (
    withoutGaps<FilmTrack>({
      codec: cleanText(track.Format, 'The name of a codec', notes, 80),
      profile: cleanText(track.Format_Profile, 'The name of a profile', notes, 80),
      frameRate: cleanNumber(track.FrameRate, 'The frame rate', notes, { min: 0, max: 100_000 }),
      bitDepth: bits === undefined ? undefined : Math.round(bits),
      hdr: hdrOf(track),
    }) ?? {}
  );
}

/** The formats of HDR by MediaInfo's words; of two, the one that says more. */
function hdrOf(track: VideoTrack): string | undefined {
  const words = `${track.HDR_Format ?? ''} ${track.HDR_Format_Compatibility ?? ''}`;
  if (/Dolby Vision/i.test(words)) return 'Dolby Vision';
  if (/HDR10\+|SMPTE ST 2094/i.test(words)) return 'HDR10+';
  if (/HDR10|SMPTE ST 2086/i.test(words)) return 'HDR10';
  const transfer = track.transfer_characteristics ?? '';
  if (/HLG/i.test(`${words} ${transfer}`)) return 'HLG';
  return /^PQ\b/i.test(transfer) ? 'PQ' : undefined;
}

function soundTrack(track: AudioTrack, notes: Notes): SoundTrack {
  const channels = cleanNumber(track.Channels, 'The number of channels', notes, { min: 1, max: 1_000 });
  return {
    ...codecOf(track, notes),
    ...(channels !== undefined && { channels: Math.round(channels) }),
    ...flagsOf(track, notes),
  };
}

function textTrack(track: MediaInfoText, notes: Notes): TextTrack {
  return { ...codecOf(track, notes), ...flagsOf(track, notes) };
}

function codecOf(track: AudioTrack | MediaInfoText, notes: Notes): { codec?: string } {
  const codec = cleanText(track.Format, 'The name of a codec', notes, 80);
  return codec === undefined ? {} : { codec };
}

function flagsOf(track: AudioTrack | MediaInfoText, notes: Notes) {
  const language = cleanText(track.Language, 'The language of a track', notes, 40);
  const title = cleanText(track.Title, 'The title of a track', notes, 200);
  return {
    ...(language !== undefined && { language }),
    ...(title !== undefined && !programNames.test(title) && { title }),
    isDefault: track.Default === 'Yes',
    isForced: track.Forced === 'Yes',
  };
}

/** Programs name the handler of a track in the place of its title. */
const programNames =
  /^(?:Core Media (?:Audio|Video|Text)|(?:Sound|Video|Audio|Subtitle|Text)\s?Handler?|Apple .* Media Handler|ISO Media file produced by .*)$/i;

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}
