import { DomainError, UnreadableImageError } from '../../../base/errors/domain-error.ts';
import { FilmPartMissingError } from '../../../base/films/film-errors.ts';
import { openInside } from '../../../base/files/open-inside.ts';
import { bytesInMemory, bytesOfFile } from '../../../base/pictures/picture-bytes.ts';
import { toUnreadable } from '../../../base/pictures/picture-errors.ts';
import { encodePicture, type EncodeOptions } from './encode-picture.ts';
import { readCover } from './read-cover.ts';
import { renderFrame, type FilmPlace } from './render-frame.ts';

/** What to render. A path is opened in the worker, and proven to lie inside its root there. */
export type PictureSource =
  /** A picture file; with `isTolerant` a damaged one is rendered as far as it goes. */
  | { kind: 'file'; rootPath: string; relativePath: string; isTolerant: boolean }
  /** The picture inside an audio or video file. */
  | { kind: 'cover'; rootPath: string; relativePath: string }
  /** A frame of a film. */
  | ({ kind: 'frame' } & FilmPlace)
  /** A picture from outside: from metadata or from copyparty. */
  | { kind: 'bytes'; bytes: Uint8Array }
  /** A drawing of the service itself. */
  | { kind: 'drawing'; svg: string };

export interface RenderInput {
  source: PictureSource;
  longestSide: number;
  maxPixels: number;
}

/** Errors are plain data here, since error classes do not survive the way out of the worker. */
export type RenderResult = { ok: true; bytes: Uint8Array } | RenderFailure;

interface RenderFailure {
  ok: false;
  code: string;
  message: string;
  /** From where on the bytes of a film are missing that is brought here in parts. */
  missingAt?: number;
}

/** Renders one picture as WebP. One that cannot be rendered is a result, never an exception. */
export async function renderPicture({ source, longestSide, maxPixels }: RenderInput): Promise<RenderResult> {
  try {
    return { ok: true, bytes: await renderSource(source, { longestSide, maxPixels }) };
  } catch (error) {
    if (error instanceof FilmPartMissingError) {
      return { ok: false, code: error.code, message: error.message, missingAt: error.position };
    }
    const isOther = error instanceof DomainError && !(error instanceof UnreadableImageError);
    if (isOther) return { ok: false, code: error.code, message: error.message };
    return { ok: false, code: 'PICTURE_UNREADABLE', message: toUnreadable(error).message };
  }
}

type Limits = Pick<EncodeOptions, 'longestSide' | 'maxPixels'>;

async function renderSource(source: PictureSource, limits: Limits): Promise<Uint8Array> {
  if (source.kind === 'file') return renderFile(source, limits);
  if (source.kind === 'frame') return renderFrame(source, limits);
  const bytes = bytesInMemory(await readBytes(source));
  const acceptsDrawings = source.kind === 'drawing';
  return encodePicture(bytes, { ...limits, filename: '', isTolerant: false, acceptsDrawings });
}

async function readBytes(source: Exclude<PictureSource, { kind: 'file' | 'frame' }>): Promise<Uint8Array> {
  if (source.kind === 'cover') return readCover(source);
  return source.kind === 'bytes' ? source.bytes : Buffer.from(source.svg);
}

async function renderFile(
  { rootPath, relativePath, isTolerant }: Extract<PictureSource, { kind: 'file' }>,
  limits: Limits,
): Promise<Uint8Array> {
  const { handle, stats } = await openInside(rootPath, relativePath);
  try {
    const bytes = bytesOfFile({ fd: handle.fd, sizeBytes: Number(stats.size) });
    return await encodePicture(bytes, { ...limits, filename: relativePath, isTolerant, acceptsDrawings: true });
  } finally {
    await handle.close();
  }
}
