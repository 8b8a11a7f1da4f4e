/** What the headers of a song say of its one stream, with the words and by the sums of MediaInfo. */
export interface Sound {
  container: string;
  codec: string;
  profile?: string;
  channels: number;
  /** Hertz. */
  samplingRate: number;
  durationSeconds: number;
  /** Bits per second of the stream, and of the whole. */
  bitRate?: number;
  overallBitRate: number;
}
