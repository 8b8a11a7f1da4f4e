import { readSync } from 'node:fs';

/** The first packet of FLAC in Ogg: nine bytes of its own, and then what a FLAC file begins with. */
const mapping = Buffer.from('\x7fFLAC', 'latin1');
const mappingBytes = 9;
const pageHeadBytes = 27;

/**
 * Returns what stands before the sound of FLAC in Ogg, as a FLAC file has it: music-metadata reads the first page of such
 * streams alone, and the tags follow behind. Null where the file is something else. No more than `maxBytes` are read; what
 * is broken ends there. https://xiph.org/flac/ogg_mapping.html
 */
export function readOggFlacHeader(fd: number, maxBytes: number): Buffer | null {
  const blocks: Buffer[] = [];
  for (const packet of packetsOf(fd, maxBytes)) {
    if (blocks.length === 0) blocks.push(packet.subarray(mappingBytes));
    // A frame of sound: nobody marked the last block.
    else if (packet[0] === 0xff) break;
    else blocks.push(packet);
    const isLast = ((blocks.length === 1 ? packet[mappingBytes + 4] : packet[0]) ?? 0) >= 0x80;
    if (isLast) break;
  }
  return blocks.length === 0 ? null : Buffer.concat(blocks);
}

interface Page {
  serial: number;
  /** Whether a stream begins with it. */
  isFirst: boolean;
  body: Buffer;
  /** The lengths of the parts of the body; one below 255 ends a packet. */
  lacing: Buffer;
  end: number;
}

/** Puts the packets of the first stream of FLAC together. Streams begin before any goes on. */
function* packetsOf(fd: number, maxBytes: number): Generator<Buffer> {
  let serial: number | undefined;
  let parts: Buffer[] = [];
  for (let page = readPage(fd, 0); page !== null && page.end <= maxBytes; page = readPage(fd, page.end)) {
    if (serial === undefined && page.body.subarray(0, mapping.length).equals(mapping)) ({ serial } = page);
    if (serial === undefined && !page.isFirst) return;
    if (page.serial !== serial) continue;
    let at = 0;
    for (const length of page.lacing) {
      parts.push(page.body.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      yield Buffer.concat(parts);
      parts = [];
    }
  }
}

/** Returns null where no whole page begins. */
function readPage(fd: number, position: number): Page | null {
  const head = read(fd, position, pageHeadBytes);
  if (head?.toString('latin1', 0, 4) !== 'OggS') return null;
  const lacing = read(fd, position + pageHeadBytes, head.readUInt8(26));
  if (lacing === null) return null;
  const start = position + pageHeadBytes + lacing.length;
  const body = read(
    fd,
    start,
    lacing.reduce((sum, length) => sum + length, 0),
  );
  const isFirst = (head.readUInt8(5) & 2) !== 0;
  return body && { serial: head.readUInt32LE(14), isFirst, body, lacing, end: start + body.length };
}

function read(fd: number, position: number, length: number): Buffer | null {
  const buffer = Buffer.alloc(length);
  return readSync(fd, buffer, 0, length, position) === length ? buffer : null;
}
