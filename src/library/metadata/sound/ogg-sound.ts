import type { ByteWindow } from '../durations/byte-window.ts';
import type { Sound } from './sound.ts';

const pageHeadBytes = 27;
/** A page has at most 255 segments of 255 bytes. */
const maxPageBytes = pageHeadBytes + 255 + 255 * 255;

interface Page {
  flags: number;
  /** The number of samples up to the end of the page; null where no packet ends in it. */
  granule: number | null;
  serial: number;
  endsAt: number;
  bodyAt: number;
}

const begins = 2;
const ends = 4;

/** Reads an Ogg of one stream of Vorbis or Opus, whose last page ends the file (RFC 3533 section 6, RFC 7845). */
export function readOggSound(window: ByteWindow): Sound | null {
  const first = readPage(window, 0);
  if (first === null || (first.flags & begins) === 0) return null;
  const second = readPage(window, first.endsAt);
  const last = findLastPage(window);
  if (second === null || (second.flags & begins) !== 0 || last === null || last.granule === null) return null;
  if (second.serial !== first.serial || last.serial !== first.serial || (last.flags & ends) === 0) return null;
  const head = window.at(first.bodyAt, Math.min(30, first.endsAt - first.bodyAt));
  const codec = head && (readVorbis(head) ?? readOpus(head));
  if (codec === null) return null;
  const { clock, ...stream } = codec;
  const durationSeconds = Math.round((last.granule * 1000) / clock) / 1000;
  if (durationSeconds === 0 || stream.samplingRate === 0) return null;
  const overallBitRate = Math.round((window.sizeBytes * 8) / durationSeconds);
  return { container: 'Ogg', ...stream, durationSeconds, overallBitRate };
}

function readVorbis(head: Buffer) {
  if (head.toString('latin1', 0, 7) !== '\x01vorbis' || head.length < 28) return null;
  const samplingRate = head.readUInt32LE(12);
  const nominal = head.readInt32LE(20);
  // Without the usual rate, MediaInfo has sums of its own.
  if (nominal <= 0) return null;
  return { codec: 'Vorbis', channels: head[11]!, samplingRate, clock: samplingRate, bitRate: nominal };
}

function readOpus(head: Buffer) {
  if (head.toString('latin1', 0, 8) !== 'OpusHead' || head.length < 19) return null;
  return { codec: 'Opus', channels: head[9]!, samplingRate: head.readUInt32LE(12), clock: 48_000 };
}

function readPage(window: ByteWindow, position: number): Page | null {
  const head = window.at(position, pageHeadBytes);
  if (head === null || head.toString('latin1', 0, 5) !== 'OggS\0') return null;
  const granule = head.readBigInt64LE(6);
  const [flags, serial, segments] = [head[5]!, head.readUInt32LE(14), head[26]!];
  const sizes = window.at(position + pageHeadBytes, segments);
  if (sizes === null) return null;
  const bodyAt = position + pageHeadBytes + segments;
  const endsAt = sizes.reduce((sum, size) => sum + size, bodyAt);
  return { flags, granule: granule < 0n ? null : Number(granule), serial, bodyAt, endsAt };
}

/** Returns the page with which the file ends; null where it does not end with one. */
function findLastPage(window: ByteWindow): Page | null {
  const tailBytes = Math.min(maxPageBytes, window.sizeBytes);
  const tailAt = window.sizeBytes - tailBytes;
  // Pages are read through the same window, which may move it.
  const tail = Buffer.from(window.at(tailAt, tailBytes) ?? []);
  for (let at = tail.lastIndexOf('OggS'); at !== -1; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    const page = readPage(window, tailAt + at);
    if (page !== null && page.endsAt === window.sizeBytes) return page;
  }
  return null;
}
