import { UnreadableFilmError } from './film-errors.ts';
import type { FilmFrame } from './film.ts';
import { hasAlpha, matrixOption, scaledFormat, scaleFlags } from './frame-format.ts';
import type { NativeFFmpeg, NativeFrame, NativeStream } from './native-ffmpeg.ts';
import { mapToSdr, type Transfer } from './tone-mapping.ts';
import { turningFilters } from './turning-filters.ts';

/** Scales a decoded frame and makes it what players show. Throws UnreadableFilmError where FFmpeg cannot. */
export function filterFrame(
  ffmpeg: NativeFFmpeg,
  frame: NativeFrame,
  { stream, longestSide }: { stream: NativeStream; longestSide: number },
): FilmFrame {
  const transfer = transferOf(frame.colorTrc, stream.codecpar.colorTrc);
  const channels = hasAlpha(ffmpeg.avGetPixFmtName(frame.format) ?? '') ? 4 : 3;
  const size = shownSize(frame, stream, longestSide);
  const filters = [
    // Two fields of different moments are made one.
    ...((frame.flags & isInterlaced) === 0 ? [] : ['yadif=deint=interlaced']),
    `scale=w=${size.width}:h=${size.height}:${scaleFlags}${matrixOption({ isTold: frame.colorSpace !== unspecified, height: frame.height })}`,
    ...turningFilters(stream.codecpar.getCodedSideData(displayMatrix)),
    `format=${scaledFormat(transfer, channels)}`,
  ];
  const filtered = runFilters(ffmpeg, frame, filters);
  const { data, ...shown } = filtered;
  return { ...shown, channels, data: transfer === null ? data : mapToSdr(data, { channels, transfer }) };
}

function runFilters(ffmpeg: NativeFFmpeg, frame: NativeFrame, filters: readonly string[]) {
  const { width, height, format, colorSpace, colorRange } = frame;
  const graph = new ffmpeg.FilterGraph();
  graph.alloc();
  const result = new ffmpeg.Frame();
  result.alloc();
  try {
    const source = `buffer@in=video_size=${width}x${height}:pix_fmt=${format}:time_base=1/1000:colorspace=${colorSpace}:range=${colorRange}`;
    const parsed = graph.parse2([source, ...filters, 'buffersink@out'].join(','));
    if (parsed < 0 || graph.configSync() < 0) throw new UnreadableFilmError('its pixels are of an unknown kind.');
    const [input, output] = [graph.getFilter('buffer@in'), graph.getFilter('buffersink@out')];
    input?.buffersrcAddFrameSync(frame, keepReference);
    input?.buffersrcAddFrameSync(null, 0);
    if (output === null || output.buffersinkGetFrameSync(result) < 0) {
      throw new UnreadableFilmError('it cannot be scaled.');
    }
    return { width: result.width, height: result.height, data: result.toBuffer() };
  } finally {
    result.free();
    graph.free();
  }
}

interface Size {
  width: number;
  height: number;
}

/** Returns the size within the longest side, with the shape that pixels which are not square have on a screen. */
function shownSize({ width, height, sampleAspectRatio }: NativeFrame, stream: NativeStream, longestSide: number): Size {
  const aspect = [stream.sampleAspectRatio, sampleAspectRatio].find(({ num, den }) => num > 0 && den > 0);
  const stretch = aspect === undefined ? 1 : aspect.num / aspect.den;
  // Pixels of an absurd shape are a fault of the file.
  const wide = stretch > 1 / 16 && stretch < 16 ? width * stretch : width;
  const factor = Math.min(1, longestSide / Math.max(wide, height));
  return { width: Math.max(1, Math.round(wide * factor)), height: Math.max(1, Math.round(height * factor)) };
}

function transferOf(...found: readonly number[]): Transfer | null {
  if (found.includes(smpte2084)) return 'pq';
  return found.includes(aribStdB67) ? 'hlg' : null;
}

const unspecified = 2;
const smpte2084 = 16;
const aribStdB67 = 18;
const isInterlaced = 0x8;
const displayMatrix = 5;
/** AV_BUFFERSRC_FLAG_KEEP_REF */
const keepReference = 8;
