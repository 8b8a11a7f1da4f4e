import type { AudioTrack, GeneralTrack, Track } from 'mediainfo.js';
import { createByteWindow, type ByteWindow } from '../durations/byte-window.ts';
import type { OpenMediaFile } from '../open-media-file.ts';
import { readFlacSound } from './flac-sound.ts';
import { readMpegSound } from './mpeg-sound.ts';
import { readOggSound } from './ogg-sound.ts';
import type { Sound } from './sound.ts';

/**
 * Reads the headers of plain MP3, FLAC and Ogg in the shape of MediaInfo's tracks, in a hundredth of its time. Null for any other
 * file, and for one about which the least is unusual: MediaInfo reads those.
 */
export function readSoundTracks(file: OpenMediaFile): readonly Track[] | null {
  const window = createByteWindow(file);
  const sound = readers.map((read) => read(window)).find((found) => found !== null);
  return sound === undefined ? null : toTracks(sound);
}

const readers: ((window: ByteWindow) => Sound | null)[] = [readFlacSound, readOggSound, readMpegSound];

function toTracks(sound: Sound): readonly Track[] {
  const general: GeneralTrack = {
    '@type': 'General',
    Format: sound.container,
    Duration: sound.durationSeconds,
    OverallBitRate: sound.overallBitRate,
  };
  const audio: AudioTrack = {
    '@type': 'Audio',
    Format: sound.codec,
    ...(sound.profile !== undefined && { Format_Profile: sound.profile }),
    Channels: sound.channels,
    SamplingRate: sound.samplingRate,
    ...(sound.bitRate !== undefined && { BitRate: sound.bitRate }),
  };
  return [general, audio];
}
