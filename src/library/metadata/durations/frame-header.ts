/** One frame of MPEG audio (ISO/IEC 11172-3 2.4.2.3) or of AAC in ADTS (ISO/IEC 13818-7 6.2). */
export interface FrameHeader {
  /** Frames of one stream have the same. */
  kind: string;
  lengthBytes: number;
  seconds: number;
  /** Hertz. */
  samplingRate: number;
  /** Bits per second, of the frame alone. */
  bitRate: number;
}

export const frameHeaderBytes = 7;

/** Returns what the seven bytes say; null where no frame begins there, or one of a free bit rate. */
export function parseFrameHeader(bytes: Buffer): FrameHeader | null {
  if (bytes[0] !== 0xff) return null;
  const second = bytes[1]!;
  if ((second & 0xf6) === 0xf0) return parseAdts(bytes);
  return (second & 0xe0) === 0xe0 ? parseMpegAudio(bytes) : null;
}

const adtsRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

function parseAdts(bytes: Buffer): FrameHeader | null {
  const rate = adtsRates[(bytes[2]! >> 2) & 0x0f];
  const lengthBytes = ((bytes[3]! & 0x03) << 11) | (bytes[4]! << 3) | (bytes[5]! >> 5);
  if (rate === undefined || lengthBytes < frameHeaderBytes) return null;
  const blocks = (bytes[6]! & 0x03) + 1;
  const seconds = (1024 * blocks) / rate;
  const bitRate = Math.round((lengthBytes * 8) / seconds);
  return { kind: `adts ${rate}`, lengthBytes, seconds, samplingRate: rate, bitRate };
}

/** Kilobits per second by version (1, or 2 and 2.5) and layer. */
const bitRates: Readonly<Record<string, readonly number[]>> = {
  '1.1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1.2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1.3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2.1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2.2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2.3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const mpegRates = [44_100, 48_000, 32_000];

function parseMpegAudio(bytes: Buffer): FrameHeader | null {
  const versionBits = (bytes[1]! >> 3) & 0x03;
  const layer = 4 - ((bytes[1]! >> 1) & 0x03);
  const baseRate = mpegRates[(bytes[2]! >> 2) & 0x03];
  if (versionBits === 1 || layer === 4 || baseRate === undefined) return null;
  const version = versionBits === 3 ? 1 : 2;
  const kilobits = bitRates[`${version}.${layer}`]?.[bytes[2]! >> 4];
  if (kilobits === undefined || kilobits === 0) return null;
  const rate = versionBits === 3 ? baseRate : versionBits === 2 ? baseRate / 2 : baseRate / 4;
  const samples = layer === 1 ? 384 : layer === 3 && version === 2 ? 576 : 1152;
  const padding = (bytes[2]! >> 1) & 0x01;
  const slots = Math.floor(((samples / 8) * ((kilobits * 1000) / rate)) / (layer === 1 ? 4 : 1)) + padding;
  return {
    kind: `mpeg ${versionBits}.${layer} ${rate}`,
    lengthBytes: layer === 1 ? slots * 4 : slots,
    seconds: samples / rate,
    samplingRate: rate,
    bitRate: kilobits * 1000,
  };
}
