/** A frame of a film: a tile of a picture that has many of them. */
export interface Frame {
  /** Seconds from which on it stands for the film. */
  start: number;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Reads a storyboard: WebVTT whose cues name tiles of a picture (`sheet.webp#xywh=0,0,160,90`). What is no such cue is left out. */
export function parseStoryboard(text: string, address: string): Frame[] {
  const frames: Frame[] = [];
  let start: number | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const time = /^((?:\d+:)?\d\d:\d\d\.\d{3}) -->/.exec(line)?.[1];
    const tile = /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(line);
    if (time !== undefined) start = secondsOf(time);
    else if (tile !== null && start !== null) {
      const [x = 0, y = 0, width = 0, height = 0] = tile.slice(2).map(Number);
      frames.push({ start, url: new URL(tile[1] ?? '', address).href, x, y, width, height });
      start = null;
    }
  }
  return frames.toSorted((a, b) => a.start - b.start);
}

/** Returns the frame that stands for a moment, the first one before it has begun; undefined where there is none. */
export function frameAt(frames: readonly Frame[], seconds: number): Frame | undefined {
  return frames.findLast(({ start }) => start <= seconds) ?? frames[0];
}

function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
