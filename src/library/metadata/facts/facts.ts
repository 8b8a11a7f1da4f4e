// Type aliases and not interfaces: these are stored as JSON, and only an alias is assignable to an index signature.

/**
 * What a file says of itself, beside its size and its streams. Everything in it comes from a stranger's file: texts are
 * cut, numbers that make no sense are left out, and `notes` says so. What is not known is left out.
 */
export type MediaFacts = {
  camera?: CameraFacts;
  place?: PlaceFacts;
  /** 1 to 5, 0 for none, -1 for rejected. */
  rating?: number;
  keywords?: string[];
  /** What the file calls itself: the title inside a film or a picture. */
  embeddedTitle?: string;
  caption?: string;
  /** Such as `HDR10`, `HLG`, `Dolby Vision`, `gain map`. */
  hdr?: string;
  video?: FilmTrack[];
  audio?: SoundTrack[];
  subtitles?: TextTrack[];
  chapters?: Chapter[];
  music?: MusicFacts;
  notes?: string[];
};

export type CameraFacts = {
  make?: string;
  model?: string;
  lens?: string;
  exposureSeconds?: number;
  /** The f-number. */
  aperture?: number;
  iso?: number;
  focalLengthMm?: number;
  /** The focal length that would show the same on 35 mm film. */
  focalLength35Mm?: number;
};

export type PlaceFacts = {
  /** Degrees, north and east positive. */
  latitude: number;
  longitude: number;
  /** Metres above the sea. */
  altitude?: number;
};

export type FilmTrack = {
  codec?: string;
  profile?: string;
  frameRate?: number;
  bitDepth?: number;
  hdr?: string;
};

type TrackFlags = {
  /** As BCP 47 has it, such as `de`. */
  language?: string;
  title?: string;
  isDefault: boolean;
  isForced: boolean;
};

export type SoundTrack = TrackFlags & { codec?: string; channels?: number };

export type TextTrack = TrackFlags & { codec?: string };

export type Chapter = { startSeconds: number; title?: string };

export type MusicFacts = {
  title?: string;
  artist?: string;
  album?: string;
  albumArtist?: string;
  track?: number;
  trackTotal?: number;
  disc?: number;
  discTotal?: number;
  year?: number;
  genres?: string[];
  /** Decibels. */
  trackGainDb?: number;
  albumGainDb?: number;
  hasLyrics: boolean;
};

/** Where the time of capture comes from, the most certain first. */
export const captureSources = [
  'SIDECAR',
  'EXIF',
  'XMP',
  'IPTC',
  'GPS',
  'QUICKTIME',
  'CONTAINER',
  'FILENAME',
  'EXIF_MODIFIED',
] as const;

type CaptureSource = (typeof captureSources)[number];

/** When the file's content was recorded. */
export interface Capture {
  /** The clock where it was recorded, in milliseconds as if that clock showed UTC. */
  localMs: number;
  /** Minutes by which that clock is ahead of UTC; null where it is not known. */
  offsetMinutes: number | null;
  source: CaptureSource;
}

/** A time that a file says; the one that counts is chosen by its source. */
export interface CaptureCandidate extends Capture {
  /** What the file calls it, for notes: such as `EXIF DateTimeOriginal`. */
  name: string;
}
