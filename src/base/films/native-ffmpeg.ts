import { createRequire } from 'node:module';
import { NoFilmDecoderError } from './film-errors.ts';

interface Rational {
  num: number;
  den: number;
}

/** What is used of node-av's addon: thin classes around the structures of FFmpeg, whose functions return its codes. */
export interface NativeFFmpeg {
  Codec: { findDecoder(id: number): object | null };
  CodecContext: new () => NativeCodecContext;
  FilterGraph: new () => NativeFilterGraph;
  FormatContext: new () => NativeFormatContext;
  Frame: new () => NativeFrame;
  IOContext: new () => NativeIOContext;
  Log: { setLevel(level: number): void };
  /** Sets an option of a context by its name. */
  Option: { set(context: object, name: string, value: string, flags: 0): number };
  Packet: new () => NativePacket;
  avGetPixFmtName(format: number): string | null;
  getFFmpegInfo(): { version: string };
}

export interface NativeIOContext {
  allocContextWithCallbacks(
    bufferSize: number,
    writeFlag: 0,
    read: (size: number) => Buffer | null | number,
    write: null,
    seek: (offset: bigint, whence: number) => bigint | number,
  ): void;
  freeContext(): void;
}

interface NativePacket {
  readonly streamIndex: number;
  readonly isKeyframe: boolean;
  readonly pts: bigint;
  readonly dts: bigint;
  alloc(): void;
  unref(): void;
  free(): void;
}

export interface NativeFrame {
  readonly width: number;
  readonly height: number;
  readonly format: number;
  readonly flags: number;
  readonly bestEffortTimestamp: bigint;
  readonly colorSpace: number;
  readonly colorRange: number;
  readonly colorTrc: number;
  readonly sampleAspectRatio: Rational;
  pts: bigint;
  alloc(): void;
  unref(): void;
  free(): void;
  toBuffer(): Buffer;
}

interface NativeCodecParameters {
  readonly codecType: number;
  readonly codecId: number;
  readonly width: number;
  readonly height: number;
  readonly colorTrc: number;
  getCodedSideData(type: number): Buffer | null;
}

export interface NativeStream {
  readonly index: number;
  readonly codecpar: NativeCodecParameters;
  readonly timeBase: Rational;
  readonly startTime: bigint;
  readonly duration: bigint;
  readonly disposition: number;
  readonly sampleAspectRatio: Rational;
  discard: number;
}

export interface NativeFormatContext {
  readonly iformat: { readonly name: string | null } | null;
  readonly duration: bigint;
  readonly streams: NativeStream[] | null;
  pb: NativeIOContext | null;
  probesize: bigint;
  maxAnalyzeDuration: bigint;
  allocContext(): void;
  openInputSync(url: string, format: null, options: null): number;
  findStreamInfoSync(options: null): number;
  seekFrameSync(stream: number, timestamp: bigint, flags: number): number;
  readFrameSync(packet: NativePacket): number;
  closeInputSync(): void;
}

export interface NativeCodecContext {
  threadCount: number;
  flags: number;
  pktTimebase: Rational;
  allocContext3(codec: object): void;
  parametersToContext(parameters: NativeCodecParameters): number;
  open2Sync(codec: object, options: null): number;
  sendPacketSync(packet: NativePacket | null): number;
  receiveFrameSync(frame: NativeFrame): number;
  flushBuffers(): void;
  freeContext(): void;
}

interface NativeFilterContext {
  buffersrcAddFrameSync(frame: NativeFrame | null, flags: number): number;
  buffersinkGetFrameSync(frame: NativeFrame): number;
}

interface NativeFilterGraph {
  alloc(): void;
  parse2(filters: string): number;
  configSync(): number;
  getFilter(name: string): NativeFilterContext | null;
  free(): void;
}

let loaded: NativeFFmpeg | undefined;

/**
 * Loads FFmpeg's libraries, which npm installs as an optional package for this platform (ADR 77). Throws
 * NoFilmDecoderError where there is none, or this system cannot load it.
 */
export function loadNativeFFmpeg(): NativeFFmpeg {
  const name = `@seydx/node-av-${process.platform}-${process.arch}`;
  try {
    loaded ??= createRequire(import.meta.url)(`${name}/node-av.node`) as NativeFFmpeg;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'MODULE_NOT_FOUND' ? 'it is not installed' : 'this system cannot load it';
    throw new NoFilmDecoderError(`npm's FFmpeg, ${name}, is of no use: ${reason}.`);
  }
  // Whoever asks gets errors; FFmpeg writes to stderr what is of no use there.
  loaded.Log.setLevel(quiet);
  return loaded;
}

const quiet = -8;
