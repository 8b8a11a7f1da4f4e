/** How the tiles of a film stand in the one sheet of its storyboard: in rows, from the left, by time. */
export interface StoryboardLayout {
  tileWidth: number;
  tileHeight: number;
  columns: number;
  /** How many tiles there are. */
  count: number;
  /** Each tile stands for so much of the film. */
  intervalSeconds: number;
  durationSeconds: number;
}

/** The longer side of a tile, in pixels. */
export const tileSide = 160;
export const columns = 10;

/** A sheet of more would take long to make and to load; a film of two hours has a tile for each 36 seconds. */
const maxTiles = 200;
/** More tiles than that show the same key frames again. */
const minIntervalSeconds = 2;

/** Divides a film into tiles of whole seconds; with a stride, only the first of so many of them is made. */
export function planTiles(durationSeconds: number, stride = 1): { intervalSeconds: number; count: number } {
  const intervalSeconds = Math.max(minIntervalSeconds, Math.ceil(durationSeconds / maxTiles)) * stride;
  return { intervalSeconds, count: Math.max(1, Math.ceil(durationSeconds / intervalSeconds)) };
}
