import { thumbHashToDataURL } from 'thumbhash';

const urls = new Map<string, string>();
const mostKept = 4_000;

/** Returns a blurred picture for some 25 bytes, as a URL; null for bytes that are none. */
export function placeholderUrl(hash: string): string | null {
  const known = urls.get(hash);
  if (known !== undefined) return known;
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(hash), (sign) => sign.charCodeAt(0)));
    if (urls.size >= mostKept) urls.clear();
    urls.set(hash, url);
    return url;
  } catch {
    return null;
  }
}
