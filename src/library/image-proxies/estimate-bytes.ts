import type { Rendering } from './proxy-renderer.ts';

/**
 * Usual sizes of photographs in JPEG at quality 85, and of graphics in PNG; they count until there are proxies to go
 * by.
 */
const usualBytesPerPixel = { JPEG: 0.22, PNG: 1.2 };

/** Guesses the size of a proxy by its pixels and by what the proxies that there are take for theirs. */
export function createByteEstimate(
  bytesPerPixel: ReadonlyMap<string, number>,
): (planned: Extract<Rendering, { kind: 'PLANNED' }>) => number {
  return ({ target, hasAlpha }) => {
    const format = hasAlpha ? 'PNG' : 'JPEG';
    return Math.round(target.width * target.height * (bytesPerPixel.get(format) ?? usualBytesPerPixel[format]));
  };
}
