import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import { openDiskSource } from '../../../library/delivery/disk-source.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import type { StoredImage, StoredImages } from '../../../library/model-records/stored-images.ts';
import { cacheControls, serveSource, type ServedSource } from '../sending/serve-source.ts';

export interface ImageRoutesOptions {
  images: StoredImages;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/**
 * Serves `GET` and `HEAD` of `/images/:name`, the pictures of models, and of `/images/pending/:name`, the pictures of
 * pending imports.
 */
export function imageRoutes({ images, log }: ImageRoutesOptions): FastifyPluginAsync {
  return serveSource<{ name: string }, { quality?: unknown }>(log, {
    '/images/:name': async ({ params: { name }, query: { quality } }) =>
      open(await images.find(name, readQuality(quality))),
    '/images/pending/:name': async ({ params: { name } }) => open(await images.findPending(name)),
  });
}

async function open(image: StoredImage): Promise<ServedSource> {
  return {
    source: await openDiskSource(image),
    filename: image.filename,
    disposition: 'inline',
    cacheControl: image.isImmutable ? cacheControls.fixed : cacheControls.changing,
  };
}

function readQuality(quality: unknown): string | undefined {
  if (quality === undefined) return undefined;
  if (typeof quality === 'string' && /^(?:high|medium|low)$/i.test(quality)) return quality;
  throw new InvalidInputError('quality', 'The quality of a picture is high, medium or low; without one it is high.');
}
