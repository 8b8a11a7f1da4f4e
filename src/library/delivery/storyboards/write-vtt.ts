import type { StoryboardLayout } from './storyboard-layout.ts';

/**
 * Writes the storyboard as WebVTT: a cue for each tile, whose text is the address of the sheet with the tile's place in it as a
 * media fragment, as players read it.
 */
export function writeVtt(layout: StoryboardLayout, sheetUrl: string): string {
  const { tileWidth, tileHeight, columns, count, intervalSeconds, durationSeconds } = layout;
  const cues = Array.from({ length: count }, (_, index) => {
    const start = index * intervalSeconds;
    const end = index === count - 1 ? Math.max(durationSeconds, start + 0.001) : start + intervalSeconds;
    const place = [(index % columns) * tileWidth, Math.floor(index / columns) * tileHeight, tileWidth, tileHeight];
    return `${timeOf(start)} --> ${timeOf(end)}\n${sheetUrl}#xywh=${place.join(',')}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

function timeOf(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const parts = [3_600_000, 60_000, 1000].map((unit, index) =>
    String(Math.floor(milliseconds / unit) % (index === 0 ? Infinity : 60)).padStart(2, '0'),
  );
  return `${parts.join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`;
}
