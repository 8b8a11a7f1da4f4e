/** What `HTMLMediaElement.canPlayType` answers. */
type CanPlayType = (type: string) => string;

interface Playable {
  filename: string;
  videoCodecs: readonly string[];
}

/** How browsers call the codecs that only some of them play, beside how files call them. */
const asked: readonly (readonly [RegExp, string])[] = [
  [/^(?:avc|h\.?264)/i, 'video/mp4; codecs="avc1.42E01E"'],
  [/^(?:hevc|h\.?265|hvc1|hev1)/i, 'video/mp4; codecs="hvc1.1.6.L93.B0"'],
  [/^(?:av1|av01)/i, 'video/mp4; codecs="av01.0.05M.08"'],
  [/^vp0?9/i, 'video/webm; codecs="vp9"'],
  [/^vp0?8/i, 'video/webm; codecs="vp8"'],
];

/** Formats that no browser plays, whatever is in them. */
const unplayable = /\.(?:avi|wmv|asf|flv|mpe?g|m2ts|mts|vob|rm|rmvb|divx|wtv|mxf)$/i;

/** Returns the name of what a browser cannot play of a film; null where it may well play it. */
export function findUnplayable({ filename, videoCodecs }: Playable, canPlayType: CanPlayType): string | null {
  const container = unplayable.exec(filename)?.[0].slice(1).toUpperCase();
  if (container !== undefined) return container;
  const codec = videoCodecs[0];
  if (codec === undefined) return null;
  const type = asked.find(([pattern]) => pattern.test(codec))?.[1];
  if (type === undefined) return neverPlayed.test(codec) ? codec : null;
  return canPlayType(type) === '' ? codec : null;
}

const neverPlayed =
  /^(?:mpeg-?4 visual|mpeg-?[12]|mpeg video|vc-?1|wmv|prores|dv|h\.?263|theora|mjpeg|jpeg|rawvideo|ffv1|cinepak)/i;
