/** A decoded frame as players show it: upright, with square pixels, in sRGB; a byte a channel. */
export interface FilmFrame {
  data: Uint8Array;
  width: number;
  height: number;
  /** Red, green, blue, and alpha where the film has it. */
  channels: 3 | 4;
}

/** The file that a film is in. Its bytes are read through the descriptor, never by a name that may be swapped. */
export interface FilmFile {
  fd: number;
  sizeBytes: number;
  /** The parts of it that are there, where it is brought here piece by piece. Left out: all of it. */
  parts?: readonly FilmPart[] | undefined;
}

/** Bytes from `start` up to, and without, `end`. */
export interface FilmPart {
  start: number;
  end: number;
}

export interface FilmLimits {
  /** Pixels of a frame: a larger one is not decoded. */
  maxPixels: number;
  /** Bytes that are read of the file in all. */
  maxBytes: number;
  /** When to stop, by `performance.now()`. */
  deadline: number;
  /** Pixels; a smaller frame keeps its size. */
  longestSide: number;
}

export interface FrameRequest {
  /** Where in the film, from its beginning; null for the next key frame after the last one. */
  seconds: number | null;
  /**
   * Whether all from the key frame on is decoded up to that moment: it takes longer, and shows what no key frame does.
   */
  isExact?: boolean;
}

/** A film of which only the headers have been read. */
export interface OpenFilm {
  /** Null where the file does not say. */
  durationSeconds: number | null;
  /**
   * Returns the key frame at or before a moment, or the frame of that moment. Null where there is none that can be
   * decoded. Throws UnreadableFilmError where a limit is reached.
   */
  frame(request: FrameRequest): Promise<FilmFrame | null>;
  close(): void;
}
