import type { ByteWindow } from '../durations/byte-window.ts';
import type { Sound } from './sound.ts';

const streamInfoBytes = 34;
const maxBlocks = 128;

/** Reads a FLAC that begins with its stream, and whose header has the number of its samples (RFC 9639 section 8.2). */
export function readFlacSound(window: ByteWindow): Sound | null {
  const head = window.at(0, 8 + streamInfoBytes);
  if (head?.toString('latin1', 0, 4) !== 'fLaC' || (head[4]! & 0x7f) !== 0) return null;
  const info = head.subarray(8);
  const samplingRate = info.readUIntBE(10, 3) >> 4;
  const channels = ((info[12]! >> 1) & 0x07) + 1;
  const samples = (info[13]! & 0x0f) * 2 ** 32 + info.readUInt32BE(14);
  const soundAt = skipBlocks(window);
  if (samplingRate === 0 || samples === 0 || soundAt === null) return null;
  const { sizeBytes } = window;
  // Tags of other formats stand behind the sound.
  if (window.at(sizeBytes - 128, 3)?.toString('latin1') === 'TAG') return null;
  const durationSeconds = Math.round((samples * 1000) / samplingRate) / 1000;
  if (durationSeconds === 0) return null;
  return {
    container: 'FLAC',
    codec: 'FLAC',
    channels,
    samplingRate,
    durationSeconds,
    bitRate: Math.round(((sizeBytes - soundAt) * 8) / durationSeconds),
    overallBitRate: Math.round((sizeBytes * 8) / durationSeconds),
  };
}

/** Returns where the frames begin; null where none do. */
function skipBlocks(window: ByteWindow): number | null {
  let position = 4;
  for (let block = 0; block < maxBlocks; block++) {
    const head = window.at(position, 4);
    if (head === null) return null;
    position += 4 + head.readUIntBE(1, 3);
    if ((head[0]! & 0x80) === 0) continue;
    const frame = window.at(position, 2);
    return frame !== null && frame[0] === 0xff && (frame[1]! & 0xfe) === 0xf8 ? position : null;
  }
  return null;
}
