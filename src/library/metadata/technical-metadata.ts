import type { ReadFacts } from './facts/picture-facts.ts';

// Type aliases and not interfaces: these are stored as JSON, and only an alias is assignable to an index signature.

/** What the header of a picture contains. */
type PictureFacts = {
  kind: 'picture';
  /** The name that libvips has for it: `jpeg`, `png`, `webp`, `heif`, … */
  format: string;
  /** The compression inside a container of several, such as `av1` or `hevc` in HEIF. */
  compression: string | null;
  colourSpace: string | null;
  bitDepth: number | null;
  hasAlpha: boolean;
  /** Frames of an animation, pages of a TIFF. */
  pages: number;
  /** Pixels per inch. */
  density: number | null;
  /** EXIF orientation, 1 to 8. */
  orientation: number | null;
  notes: string[];
};

/**
 * What the headers of an audio or video file contain; formats and codecs have the names that MediaInfo gives them
 * (`MPEG-4`, `AVC`, `Opus`).
 */
export type StreamFacts = {
  kind: 'stream';
  container: string;
  /** Bits per second, all tracks together. */
  bitRate: number | null;
  video: VideoTrackFacts[];
  audio: AudioTrackFacts[];
  subtitles: SubtitleTrackFacts[];
  /** Given where no header says how long it is: its frames were counted, or a part of them, and the rest estimated. */
  durationBasis?: 'counted' | 'estimated';
  notes: string[];
};

export type VideoTrackFacts = {
  codec: string | null;
  profile: string | null;
  /** Pixels as coded, before rotation and pixel aspect ratio. */
  width: number | null;
  height: number | null;
  /** Degrees clockwise by which the picture is turned for display. */
  rotation: number;
  frameRate: number | null;
  bitRate: number | null;
  bitDepth: number | null;
  language: string | null;
};

export type AudioTrackFacts = {
  codec: string | null;
  profile: string | null;
  channels: number | null;
  /** Hertz. */
  samplingRate: number | null;
  bitRate: number | null;
  language: string | null;
};

type SubtitleTrackFacts = { format: string | null; language: string | null };

type TechnicalMetadata = PictureFacts | StreamFacts;

/** The facts in the headers of one file. Width and height are as displayed: turned by orientation, in square pixels. */
export interface ProbedFacts {
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  technical: TechnicalMetadata;
}

/** What was read of one file. */
export interface ProbedFile extends ProbedFacts {
  /** What its tags say; left out where it has no tags that are read. */
  read?: ReadFacts;
}
