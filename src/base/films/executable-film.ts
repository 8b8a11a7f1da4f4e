import { demuxers } from './demuxers.ts';
import { UnreadableFilmError } from './film-errors.ts';
import type { FilmFile, FilmFrame, FilmLimits, FrameRequest, OpenFilm } from './film.ts';
import { hasAlpha, matrixOption, scaledFormat, scaleFlags } from './frame-format.ts';
import { readPam } from './read-pam.ts';
import { runFFmpeg } from './run-ffmpeg.ts';
import { mapToSdr, type Transfer } from './tone-mapping.ts';

/**
 * Opens a film with the program ffmpeg, which runs once for each frame. Throws UnreadableFilmError, and
 * NoFilmDecoderError where it cannot be started.
 */
export async function openExecutableFilm(program: string, file: FilmFile, limits: FilmLimits): Promise<OpenFilm> {
  let leftBytes = limits.maxBytes;
  // The program opens the descriptor that it inherits as 3, by the system's name for it.
  const input = ['-format_whitelist', demuxers, '-protocol_whitelist', 'file', '-i', 'file:/dev/fd/3'];
  const guards = ['-hide_banner', '-nostdin', '-timelimit', '60'];

  async function run(args: readonly string[]) {
    const { readBytes, ...output } = await runFFmpeg(program, [...guards, ...args], {
      fd: file.fd,
      maxReadBytes: leftBytes,
      deadline: limits.deadline,
    });
    leftBytes -= readBytes;
    return output;
  }

  const facts = readFacts((await run(input)).errors);
  if (facts === null) throw new UnreadableFilmError('it is in no known format of films, or has no moving picture.');
  const { durationSeconds, width, height, transfer, channels, isMatrixTold } = facts;
  if (width * height > limits.maxPixels) {
    throw new UnreadableFilmError(
      `it has ${width} x ${height} pixels, and more than ${limits.maxPixels} are not decoded.`,
    );
  }
  const factor = `min(1,${limits.longestSide}/max(iw*sar,ih))`;
  const filters = [
    'yadif=deint=interlaced',
    `scale=w='max(1,round(iw*sar*${factor}))':h='max(1,round(ih*${factor}))':${scaleFlags}` +
      matrixOption({ isTold: isMatrixTold, height }),
    `format=${scaledFormat(transfer, channels)}`,
    // PAM has no planes.
    ...(transfer === null ? [] : [`format=${channels === 4 ? 'rgba64be' : 'rgb48be'}`]),
  ].join(',');

  return {
    durationSeconds,
    async frame({ seconds, isExact = false }: FrameRequest): Promise<FilmFrame | null> {
      // Without a length there is only one way to go: from the beginning.
      const place = seconds === null ? [] : ['-ss', seconds.toFixed(3), ...(isExact ? [] : ['-noaccurate_seek'])];
      const decoding = ['-loglevel', 'error', '-threads', '1', '-max_pixels', String(limits.maxPixels), ...place];
      const encoding = ['-map', '0:V:0', '-frames:v', '1', '-vf', filters, '-c:v', 'pam', '-f', 'image2pipe', 'pipe:1'];
      const picture = readPam((await run([...decoding, ...input, ...encoding])).output);
      if (picture === null) return null;
      return transfer === null ? picture : { ...picture, data: mapToSdr(toPlanes(picture), { channels, transfer }) };
    },
    close() {},
  };
}

interface FilmFacts {
  durationSeconds: number | null;
  width: number;
  height: number;
  transfer: Transfer | null;
  channels: 3 | 4;
  /** Whether the film says how its colours are stored. */
  isMatrixTold: boolean;
}

/** Reads what ffmpeg says of its input; null where that has no moving picture. */
export function readFacts(text: string): FilmFacts | null {
  // Such as `Video: hevc (Main 10) (hvc1 / 0x31637668), yuv420p10le(tv, bt2020nc/bt2020/smpte2084), 3840x2160 [SAR …`.
  const stream = text
    .split('\n')
    .find((line) => /Stream #.*: Video: /.test(line) && !line.includes('(attached pic)'))
    ?.split(': Video: ')[1];
  const size = stream === undefined ? null : /, (\d+)x(\d+)/.exec(stream);
  if (stream === undefined || size === null) return null;
  const format = /, ([a-z]\w+)(\([^)]*\))?, \d+x\d+/.exec(stream);
  const colours = format?.[2] ?? '';
  const time = /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(text);
  return {
    durationSeconds: time === null ? null : Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]),
    width: Number(size[1]),
    height: Number(size[2]),
    transfer: transferOf(colours),
    channels: hasAlpha(format?.[1] ?? '') ? 4 : 3,
    isMatrixTold: /bt\d|smpte|fcc|gbr|ycgco/.test(colours),
  };
}

function transferOf(colours: string): Transfer | null {
  if (colours.includes('smpte2084')) return 'pq';
  return colours.includes('arib-std-b67') ? 'hlg' : null;
}

/** Makes planes of 16 bits in the order of this machine, which are little-endian, of big-endian pixels. */
function toPlanes({ data, width, height, channels }: FilmFrame): Buffer {
  const count = width * height;
  const planes = Buffer.alloc(data.length);
  // Green, blue, red, alpha.
  [1, 2, 0, 3].slice(0, channels).forEach((channel, plane) => {
    for (let pixel = 0; pixel < count; pixel += 1) {
      const from = (pixel * channels + channel) * 2;
      const to = (plane * count + pixel) * 2;
      planes[to] = data[from + 1] ?? 0;
      planes[to + 1] = data[from] ?? 0;
    }
  });
  return planes;
}
