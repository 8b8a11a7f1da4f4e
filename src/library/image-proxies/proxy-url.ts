import { encodePublicId } from '../../base/public-id.ts';

/** The parameter `v` in the URL of a proxy: other bytes have another one, so clients may keep what they got. */
export function proxyVersion({ sha256 }: { sha256: string }): string {
  return sha256.slice(0, 12);
}

export function proxyUrl(proxy: { id: number; sha256: string }): string {
  return `/proxies/${encodePublicId('ImageProxy', proxy.id)}?v=${proxyVersion(proxy)}`;
}
