import { novaProfile } from '../../base/config/image-proxy-profile.ts';
import type { FindStandIn } from '../delivery/posters/photo-origin.ts';
import type { ProxyFiles } from './proxy-files.ts';
import type { SingleImageProxies } from './single-image-proxies.ts';

interface ProxyParts {
  imageProxies: Pick<SingleImageProxies, 'findOfItems'>;
  files: Pick<ProxyFiles, 'folder'>;
}

/** Lets an image be shown by its proxy. That of the built-in profile is in colour, upright, and as transparent as the image. */
export function createFindStandIn({ imageProxies, files }: ProxyParts): FindStandIn {
  return async (mediaId) => {
    const [proxy] = await imageProxies.findOfItems([mediaId], novaProfile.name);
    if (!proxy) return null;
    const { filename: relativePath, width, height, originalWidth, originalHeight } = proxy;
    return { rootPath: files.folder, relativePath, width, height, originalWidth, originalHeight };
  };
}
