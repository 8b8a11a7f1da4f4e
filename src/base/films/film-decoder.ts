import { UnreadableFilmError } from './film-errors.ts';
import type { FilmInput } from './film-input.ts';
import type { FilmLimits, FrameRequest } from './film.ts';
import {
  type NativeCodecContext,
  type NativeFFmpeg,
  type NativeFormatContext,
  type NativeFrame,
  type NativeStream,
} from './native-ffmpeg.ts';

interface FilmDecoderOptions {
  ffmpeg: NativeFFmpeg;
  format: NativeFormatContext;
  stream: NativeStream;
  limits: FilmLimits;
  input: Pick<FilmInput, 'check'>;
}

/** Decodes single frames of one stream. */
export interface FilmDecoder {
  /** The frame is valid until the next call. */
  decode(request: FrameRequest): { frame: NativeFrame; stream: NativeStream } | null;
  /** Goes to the key frame at or before a moment, and no further. */
  seek(seconds: number): void;
  /** Reads the next key frame without decoding it. */
  readKeyFrame(): boolean;
  close(): void;
}

/** Opens the decoder of a stream. Throws UnreadableFilmError where FFmpeg has none, or a frame is too large. */
export function openFilmDecoder({ ffmpeg, format, stream, limits, input }: FilmDecoderOptions): FilmDecoder {
  const { codecpar, timeBase, index } = stream;
  const { width, height } = codecpar;
  if (width * height > limits.maxPixels) {
    throw new UnreadableFilmError(
      `it has ${width} x ${height} pixels, and more than ${limits.maxPixels} are not decoded.`,
    );
  }
  const codec = openCodec(ffmpeg, stream, limits.maxPixels);
  // Packets of other streams are passed by where the container allows that.
  for (const other of format.streams ?? []) if (other.index !== index) other.discard = discardAll;
  const packet = new ffmpeg.Packet();
  packet.alloc();
  const frame = new ffmpeg.Frame();
  frame.alloc();

  const isTransport = format.iformat?.name === 'mpegts';

  function seek(seconds: number): void {
    const start = stream.startTime > 0n ? stream.startTime : 0n;
    const wanted = start + BigInt(Math.round((seconds * timeBase.den) / timeBase.num));
    // Where there is no way to get there, the next key frame stands in for it.
    format.seekFrameSync(index, wanted, seekBackward);
    input.check();
  }

  /** Reads the stream's next packet; false at the end of the film. */
  function readPacket(): boolean {
    for (let count = 0; count < maxPackets; count += 1) {
      if (performance.now() > limits.deadline) throw new UnreadableFilmError('it takes too long.');
      packet.unref();
      const isRead = format.readFrameSync(packet) >= 0;
      input.check();
      if (!isRead || packet.streamIndex === index) return isRead;
    }
    return false;
  }

  /** False where there is none any more. */
  function readKeyFrame(): boolean {
    do {
      if (!readPacket()) return false;
    } while (!packet.isKeyframe);
    return true;
  }

  function receive(): boolean {
    frame.unref();
    return codec.receiveFrameSync(frame) >= 0;
  }

  /** Decodes what has been sent. The decoder takes no more then, until it is flushed. */
  function drain(): boolean {
    codec.sendPacketSync(null);
    return receive();
  }

  /** Decodes the next key frame alone: the frames after it are never sent. */
  function decodeKeyFrame(): boolean {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      codec.flushBuffers();
      if (!readKeyFrame()) return false;
      codec.sendPacketSync(packet);
      if (receive()) return true;
      // In broadcasts, the two halves of a frame may be packets of their own.
      if (isTransport && readPacket()) codec.sendPacketSync(packet);
      if (drain()) return true;
    }
    return false;
  }

  function decodeUntil(seconds: number): boolean {
    const start = stream.startTime > 0n ? stream.startTime : 0n;
    const isReached = () => (Number(frame.bestEffortTimestamp - start) * timeBase.num) / timeBase.den >= seconds;
    codec.flushBuffers();
    for (let count = 0; count < maxFrames; count += 1) {
      if (!readPacket()) return drain();
      codec.sendPacketSync(packet);
      while (receive()) if (isReached()) return true;
    }
    return drain();
  }

  return {
    decode({ seconds, isExact = false }) {
      if (seconds !== null) seek(seconds);
      const isDecoded = isExact && seconds !== null ? decodeUntil(seconds) : decodeKeyFrame();
      return isDecoded ? { frame, stream } : null;
    },
    seek,
    readKeyFrame,
    close() {
      packet.free();
      frame.free();
      codec.freeContext();
    },
  };
}

function openCodec(ffmpeg: NativeFFmpeg, { codecpar, timeBase }: NativeStream, maxPixels: number): NativeCodecContext {
  const codec = ffmpeg.Codec.findDecoder(codecpar.codecId);
  if (codec === null) throw new UnreadableFilmError('FFmpeg knows no decoder of its format.');
  const context = new ffmpeg.CodecContext();
  context.allocContext3(codec);
  context.parametersToContext(codecpar);
  context.pktTimebase = timeBase;
  // With more threads a decoder returns a frame only after as many packets; the processes of the pool are parallel.
  context.threadCount = 1;
  // A frame that is damaged in places still shows what it shows.
  context.flags |= outputCorrupt;
  // The packets may say otherwise than the headers.
  ffmpeg.Option.set(context, 'max_pixels', String(maxPixels), 0);
  if (context.open2Sync(codec, null) >= 0) return context;
  context.freeContext();
  throw new UnreadableFilmError('its headers are broken.');
}

const outputCorrupt = 0x8;
const discardAll = 48;
const seekBackward = 1;

/** Between two packets of the film there are hardly ever more of sound and subtitles. */
const maxPackets = 20_000;
/** Key frames that cannot be decoded are passed by. */
const maxAttempts = 3;
/** Programs that write films set a key frame every ten seconds or more often. */
const maxFrames = 300;
