import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { LostTaskError } from '../../../base/errors/domain-error.ts';
import { longestSides, type PictureSize } from './picture-origin.ts';
import type { PictureSource, RenderInput, RenderResult } from './render-picture.task.ts';

export interface PictureRenderer {
  /**
   * Returns a WebP; null for a source without a picture that can be shown. An aborted signal takes it out of the queue.
   */
  render(source: PictureSource, size: PictureSize, signal: AbortSignal): Promise<Buffer | null>;
  /** The same for a film that is brought here in parts: where one is missing, its position. */
  renderPart(source: PictureSource, size: PictureSize, signal: AbortSignal): Promise<Buffer | number | null>;
}

export interface RenderPool {
  readonly threads: number;
  run(name: 'renderPicture', input: RenderInput): Promise<RenderResult>;
}

interface PictureRendererOptions {
  pool: RenderPool;
  /** A picture with more pixels is not decoded. */
  maxPixels: number;
  log: Pick<Logger, 'debug' | 'warn'>;
}

export function createPictureRenderer({ pool, maxPixels, log }: PictureRendererOptions): PictureRenderer {
  // Pictures wait here and not in the pool, where a scan would have to wait behind a whole gallery.
  const queue = new PQueue({ concurrency: pool.threads });

  async function renderPart(source: PictureSource, size: PictureSize, signal: AbortSignal) {
    const result = await queue
      .add(() => {
        // A rendering that has begun is finished: it is all but done, and may be requested again.
        signal.throwIfAborted();
        return pool.run('renderPicture', { source, longestSide: longestSides[size], maxPixels });
      })
      .catch((error: unknown) => {
        // It counts, and is remembered, as a picture that cannot be shown: each attempt would cost another worker.
        if (!(error instanceof LostTaskError)) throw error;
        log.warn({ err: error, place: nameOf(source) }, 'a picture took its worker with it');
        return null;
      });
    if (result === null) return null;
    if (!result.ok && result.missingAt !== undefined) return result.missingAt;
    if (result.ok) return Buffer.from(result.bytes.buffer, result.bytes.byteOffset, result.bytes.byteLength);
    log.debug({ kind: source.kind, code: result.code, reason: result.message }, 'a picture could not be rendered');
    return null;
  }

  return {
    renderPart,
    async render(source, size, signal) {
      const picture = await renderPart(source, size, signal);
      return typeof picture === 'number' ? null : picture;
    },
  };
}

function nameOf(source: PictureSource): string {
  return 'relativePath' in source ? source.relativePath : source.kind;
}
