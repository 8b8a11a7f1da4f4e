import { encodePublicId } from '../../base/public-id.ts';

/** What the URL of a proxy carries as `v`: another one for other bytes, so what was got there may be kept. */
export function proxyVersion({ sha256 }: { sha256: string }): string {
  return sha256.slice(0, 12);
}

export function proxyUrl(proxy: { id: number; sha256: string }): string {
  return `/proxies/${encodePublicId('ImageProxy', proxy.id)}?v=${proxyVersion(proxy)}`;
}
