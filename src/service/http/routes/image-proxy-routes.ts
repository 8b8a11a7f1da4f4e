import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import { ImageProxyNotFoundError } from '../../../library/image-proxies/proxy-errors.ts';
import { proxyVersion } from '../../../library/image-proxies/proxy-url.ts';
import { cacheControls, serveSource } from '../sending/serve-source.ts';

interface ServedImageProxy {
  filename: string;
  sha256: string;
  source: ByteSource;
}

export interface ImageProxyRoutesOptions {
  /** Takes an opaque id from GraphQL; returns null where no image proxy has it. The caller closes the source. */
  open: (publicId: string) => Promise<ServedImageProxy | null>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/** Serves `GET` and `HEAD` of `/proxies/:id`: the bytes of an image proxy. */
export function imageProxyRoutes({ open, log }: ImageProxyRoutesOptions): FastifyPluginAsync {
  return serveSource<{ id: string }, { v?: unknown }>(log, {
    '/proxies/:id': async ({ params: { id }, query: { v: version } }) => {
      const imageProxy = await open(id);
      if (imageProxy === null) throw new ImageProxyNotFoundError(id);
      const { source, filename } = imageProxy;
      const cacheControl = version === proxyVersion(imageProxy) ? cacheControls.fixed : cacheControls.changing;
      return { source, filename, disposition: 'inline', cacheControl };
    },
  });
}
