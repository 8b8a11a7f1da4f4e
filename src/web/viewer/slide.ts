import type { SlideData } from 'photoswipe';
import type { Tile } from '../media/list-documents.ts';
import { texts } from '../words/texts.ts';

/** The widest rendition that the service makes of a picture. */
const screenPixels = 2_560;

const unshown = `<div class="pswp__error-msg-container"><div class="pswp__error-msg">${texts.viewer.damaged}</div></div>`;

/**
 * Makes the slide of an item. A picture is there as its tile at once, then as large as the screen, and itself when somebody looks
 * closer. Films and songs have an empty place that their players fill.
 */
export function slideOf(tile: Tile | undefined): SlideData {
  if (tile === undefined) return { html: '' };
  const { displayUrl, height, id, mediaType, mediumUrl, screenUrl, title, width } = tile;
  if (mediaType !== 'IMAGE') return { html: '', id } as SlideData;
  // The service has found no picture in it: what it gives for a list is only a sign.
  if (typeof displayUrl !== 'string') return { html: unshown, id } as SlideData;
  const [w, h] = [width ?? 1_600, height ?? 1_200];
  const isLarge = Math.max(w, h) > screenPixels;
  const scale = Math.min(1, screenPixels / Math.max(w, h));
  return {
    id,
    src: isLarge ? screenUrl : displayUrl,
    ...(isLarge && { srcset: `${screenUrl} ${Math.round(w * scale)}w, ${displayUrl} ${w}w` }),
    msrc: mediumUrl,
    width: w,
    height: h,
    alt: title,
  } as SlideData;
}
