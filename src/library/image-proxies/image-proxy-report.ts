/** What a batch did, or for a dry run would do. Plain JSON: it is the result of the job. */
export interface ImageProxyReport {
  /** Images that were looked at. */
  totalImages: number;
  needsResize: number;
  noResizeNeeded: number;
  proxiesCreated: number;
  /** They have one, need none, or are no image. */
  proxiesSkipped: number;
  errors: number;
  /** Bytes of the images that got a proxy. */
  totalOriginalBytes: number;
  /** Bytes of their proxies; in a dry run an estimate. */
  totalProxyBytes: number;
  /** Proxies, files and objects of images that are gone. */
  remainsRemoved: number;
}

export function emptyReport(): ImageProxyReport {
  return {
    totalImages: 0,
    needsResize: 0,
    noResizeNeeded: 0,
    proxiesCreated: 0,
    proxiesSkipped: 0,
    errors: 0,
    totalOriginalBytes: 0,
    totalProxyBytes: 0,
    remainsRemoved: 0,
  };
}

/** How much smaller the second is, to one decimal; below zero where it is larger. */
export function savingsPercent(originalBytes: number, proxyBytes: number): number {
  return originalBytes === 0 ? 0 : Math.round((1 - proxyBytes / originalBytes) * 1000) / 10;
}
