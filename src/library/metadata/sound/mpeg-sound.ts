import { type ByteWindow, skipTags } from '../durations/byte-window.ts';
import { type FrameHeader, frameHeaderBytes, parseFrameHeader } from '../durations/frame-header.ts';
import type { Sound } from './sound.ts';

/** A title in ID3v1 at the end. */
const id3v1Bytes = 128;

/**
 * Reads an MP3 with the header in its first frame that says how many frames and bytes follow (Xing, Info), where all of
 * them are there and nothing else but a title behind them.
 */
export function readMpegSound(window: ByteWindow): Sound | null {
  const start = skipTags(window);
  const bytes = window.at(start, frameHeaderBytes);
  const frame = bytes && parseFrameHeader(bytes);
  // Of layer 3 in three versions; others are rare.
  if (bytes === null || frame === null || !frame.kind.startsWith('mpeg') || (bytes[1]! & 0x06) !== 0x02) return null;
  const channels = bytes[3]! >> 6 === 3 ? 1 : 2;
  const summary = readSummary(window, start, frame, channels);
  if (summary === null || summary.frames === 0) return null;
  const rest = window.sizeBytes - start - summary.bytes;
  const hasTitle = rest === id3v1Bytes && window.at(window.sizeBytes - rest, 3)?.toString('latin1') === 'TAG';
  if (rest !== 0 && !hasTitle) return null;
  const soundBits = (summary.bytes - frame.lengthBytes) * 8;
  const rates = bitRatesOf(soundBits / (summary.frames * frame.seconds), frame, summary);
  if (rates === null) return null;
  return {
    container: 'MPEG Audio',
    codec: 'MPEG Audio',
    profile: 'Layer 3',
    channels,
    samplingRate: frame.samplingRate,
    durationSeconds: Math.floor((soundBits * 1000) / rates.exact) / 1000,
    bitRate: rates.bitRate,
    overallBitRate: rates.overallBitRate,
  };
}

interface Summary {
  isConstant: boolean;
  /** Without the frame that has the summary. */
  frames: number;
  bytes: number;
  /** Whether it says itself how the rate was chosen. */
  saysMethod: boolean;
}

function readSummary(window: ByteWindow, start: number, frame: FrameHeader, channels: number): Summary | null {
  const isFirstVersion = frame.kind.startsWith('mpeg 3');
  const sideBytes = isFirstVersion ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  const at = start + 4 + sideBytes;
  const counts = window.at(at, 16);
  const name = counts?.toString('latin1', 0, 4);
  if (counts === null || (name !== 'Xing' && name !== 'Info') || (counts.readUInt32BE(4) & 0x03) !== 0x03) return null;
  const isConstant = name === 'Info';
  const byEncoder = window.at(at + 120, 10)?.toString('latin1') ?? '';
  const method = byEncoder.charCodeAt(9) & 0x0f;
  if (!encoders.test(byEncoder) || (method !== 0 && !(isConstant ? [1] : [3, 4, 5]).includes(method))) return null;
  return { isConstant, frames: counts.readUInt32BE(8), bytes: counts.readUInt32BE(12), saysMethod: method !== 0 };
}

/** LAME, and FFmpeg around it; what others write in this place is of many kinds. */
const encoders = /^(?:LAME3\.(?:9\d|100)|Lav[cf])/;

interface BitRates {
  /** Of the stream, of the whole, and that by which its bytes are counted. */
  bitRate: number;
  overallBitRate: number;
  exact: number;
}

/** Null where two readings are possible: an average on the edge of two numbers, or of what MediaInfo takes for a usual rate. */
function bitRatesOf(average: number, frame: FrameHeader, { isConstant, saysMethod }: Summary): BitRates | null {
  const rounded = Math.round(average);
  if (Math.abs((average % 1) - 0.5) < 0.01) return null;
  if (isConstant) {
    const { bitRate } = frame;
    if (Math.abs(average - bitRate) > bitRate / 50) return null;
    return { bitRate, overallBitRate: saysMethod ? bitRate : rounded, exact: bitRate };
  }
  const bitRate = saysMethod ? rounded : toUsualRate(average);
  return bitRate === null ? null : { bitRate, overallBitRate: rounded, exact: rounded };
}

const lowRates = [8, 16, 24, 32, 40, 48, 56].map((rate) => rate * 1000);
const usualRates = [64, 80, 96, 112, 128, 160, 192, 224, 256, 320].map((rate) => rate * 1000);

/** Where the method is not said, MediaInfo gives an average within two in a hundred of a usual rate as that rate. */
function toUsualRate(average: number): number | null {
  if (lowRates.some((rate) => Math.abs(average - rate) < 2_200)) return null;
  const near = usualRates.find((rate) => Math.abs(average - rate) < rate * 0.021);
  if (near === undefined) return Math.round(average);
  return Math.abs(average - near) < near * 0.0195 ? near : null;
}
