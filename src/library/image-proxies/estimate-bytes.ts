import type { Rendering } from './proxy-renderer.ts';

/** Usual sizes of photographs in JPEG at quality 85 and of graphics in PNG; they count until there are proxies to measure. */
const usualBytesPerPixel = { JPEG: 0.22, PNG: 1.2 };

/** Estimates the bytes of a proxy by its pixels and by the bytes a pixel of the existing proxies, by format. */
export function createByteEstimate(
  bytesPerPixel: ReadonlyMap<string, number>,
): (planned: Extract<Rendering, { kind: 'PLANNED' }>) => number {
  return ({ target, hasAlpha }) => {
    const format = hasAlpha ? 'PNG' : 'JPEG';
    return Math.round(target.width * target.height * (bytesPerPixel.get(format) ?? usualBytesPerPixel[format]));
  };
}
