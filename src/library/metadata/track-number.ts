/**
 * The track number in front of a stem: `03 - Name`, `03. Name`, and the disc's tracks `1-03 Name`; null where there is
 * none. A number of four digits is a year, and one with nothing but a space after it belongs to the name (`99 Problems`).
 */
export function trackNumberOf(stem: string): number | null {
  const match = numbered.exec(stem) ?? numberedOnDisc.exec(stem);
  return match === null ? null : Number(match[1]);
}

// Downloads have underscores where their names had spaces.
const numbered = /^(\d{1,3})(?:[\s_]+[-–—]|\.)[\s_]+[^\s_]/;
const numberedOnDisc = /^\d-(\d{2})(?:\.|[\s_]+[-–—])?[\s_]+[^\s_]/;
