/** What a batch did or, in a dry run, would do. Plain JSON, as it is the result of the job. */
export interface ImageProxyReport {
  /** Images that were looked at. */
  totalImages: number;
  needsResize: number;
  noResizeNeeded: number;
  proxiesCreated: number;
  /** Items that have a proxy, need none, or are no image. */
  proxiesSkipped: number;
  errors: number;
  /** Sum of the sizes of the images that got a proxy. */
  totalOriginalBytes: number;
  /** Sum of the sizes of their proxies; an estimate in a dry run. */
  totalProxyBytes: number;
  /** Number of proxies, files and objects of images that are gone. */
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

/** How much smaller the proxy is, in percent to one decimal; below zero where it is larger. */
export function savingsPercent(originalBytes: number, proxyBytes: number): number {
  return originalBytes === 0 ? 0 : Math.round((1 - proxyBytes / originalBytes) * 1000) / 10;
}
