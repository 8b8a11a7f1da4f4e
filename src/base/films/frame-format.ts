import type { Transfer } from './tone-mapping.ts';

/** Whether pixels of that format, by FFmpeg's name, have transparency. */
export function hasAlpha(format: string): boolean {
  return /^(?:yuva|gbrap|rgba|bgra|argb|abgr|ayuv|vuya|ya\d)/.test(format);
}

/**
 * Returns the format, by FFmpeg's name, that a frame is scaled to. Those of a high dynamic range stay in planes of 16
 * bits: FFmpeg cuts off there what lies beyond the gamut, while in its packed formats it turns over.
 */
export function scaledFormat(transfer: Transfer | null, channels: 3 | 4): string {
  if (transfer === null) return channels === 4 ? 'rgba' : 'rgb24';
  return channels === 4 ? 'gbrap16le' : 'gbrp16le';
}

/** Most films of high definition that do not say how their colours are stored mean BT.709; FFmpeg supposes BT.601. */
export function matrixOption({ isTold, height }: { isTold: boolean; height: number }): string {
  return !isTold && height >= 720 ? ':in_color_matrix=bt709' : '';
}

/** The way of scaling: what is made smaller is averaged. */
export const scaleFlags = 'flags=area+accurate_rnd+full_chroma_int';
