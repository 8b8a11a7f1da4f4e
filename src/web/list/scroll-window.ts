/** The largest height of a scrolled element: below what every browser can show at a pixel ratio of three. */
export const maxWindowHeight = 4_000_000;

/** A stretch of a list that a scrolled element shows at its true size; the list may be far taller. */
export interface ScrollWindow {
  /** Where in the list the element begins. */
  readonly start: number;
  /** Of the element. */
  readonly height: number;
}

/** Returns the window around a height of the list, so that there is as much as possible to scroll on both sides. */
export function windowAround(listHeight: number, y: number, largest = maxWindowHeight): ScrollWindow {
  const height = Math.min(listHeight, largest);
  return { start: Math.round(Math.min(Math.max(0, y - height / 2), listHeight - height)), height };
}

/**
 * Returns the window in which a height of a list is to be seen, which may have become longer or shorter. It stays where it is as long as
 * there is enough to scroll on both sides: who scrolls is not interrupted.
 */
export function fitWindow(
  window: ScrollWindow,
  listHeight: number,
  y: number,
  viewHeight: number,
  largest = maxWindowHeight,
): ScrollWindow {
  const height = Math.min(listHeight, largest);
  const isInside = window.start + height <= listHeight && y >= window.start && y + viewHeight <= window.start + height;
  const stays = { start: window.start, height };
  if (!isInside || isNearEdge(stays, listHeight, y - window.start, viewHeight).isNear)
    return windowAround(listHeight, y, largest);
  return window.height === height ? window : stays;
}

/**
 * Whether the window should be laid anew: what is seen has come into its outer tenth, and the list goes on there. It may
 * wait until nobody scrolls, unless `isAtEdge`.
 */
export function isNearEdge(
  { start, height }: ScrollWindow,
  listHeight: number,
  scrollTop: number,
  viewHeight: number,
): { isNear: boolean; isAtEdge: boolean } {
  const above = start > 0 ? scrollTop : Infinity;
  const below = start + height < listHeight ? height - viewHeight - scrollTop : Infinity;
  const distance = Math.min(above, below);
  return { isNear: distance < height / 10, isAtEdge: distance < 2 * viewHeight };
}

/** Keeps a height of the list within what can be scrolled to. */
export function clampTop(y: number, listHeight: number, viewHeight: number): number {
  return Math.max(0, Math.min(y, listHeight - viewHeight));
}
