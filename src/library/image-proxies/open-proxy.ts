import { decodePublicId, rowNumberOf } from '../../base/public-id.ts';
import type { ImageProxyFormat } from '../../base/config/image-proxy-profile.ts';
import type { ByteSource } from '../delivery/byte-source.ts';
import { FileNotFoundOnDiskError } from '../../base/files/file-errors.ts';
import { openDiskSource } from '../delivery/disk-source.ts';
import { contentTypeOf } from './proxy-target.ts';
import type { SingleImageProxies } from './single-image-proxies.ts';
import type { ProxyFiles } from './proxy-files.ts';

interface ProxyParts {
  imageProxies: Pick<SingleImageProxies, 'findMany'>;
  files: Pick<ProxyFiles, 'folder'>;
}

/**
 * The bytes of the proxy with that public ID; null where there is none, or its file is not the one that its row describes.
 * The caller closes the source.
 */
export async function openProxy(
  { imageProxies, files }: ProxyParts,
  publicId: string,
): Promise<{ filename: string; sha256: string; source: ByteSource } | null> {
  const [proxy] = await imageProxies.findMany([proxyNumberOf(publicId)]);
  if (!proxy) return null;
  const { filename, sha256, sizeBytes, format } = proxy;
  const contentType = contentTypeOf(format as ImageProxyFormat);
  try {
    const source = await openDiskSource({ rootPath: files.folder, relativePath: filename, contentType });
    // The hash is known, so the tag can name the content itself, on every machine and after every restart.
    if (source.sizeBytes === Number(sizeBytes)) return { filename, sha256, source: { ...source, etag: `"${sha256}"` } };
    await source.close();
    return null;
  } catch (error) {
    if (error instanceof FileNotFoundOnDiskError) return null;
    throw error;
  }
}

function proxyNumberOf(publicId: string): number | null {
  try {
    const { typename, id } = decodePublicId(publicId);
    return typename === 'ImageProxy' ? rowNumberOf(id) : null;
  } catch {
    return null; // no ID at all: there is no proxy with it
  }
}
