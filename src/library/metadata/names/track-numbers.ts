import { toPlainSigns } from './plain-signs.ts';

/**
 * Returns the track number in front of a stem: `03 - Name`, `03. Name`, `03) Name`, `[03] Name`, `03 Name`, `Track 3`, and the
 * disc's tracks `1-03 Name`; null where there is none. A number of four digits is a year, and one that is not filled up
 * with a zero and has nothing but a space after it belongs to the name (`99 Problems`).
 */
export function trackNumberOf(stem: string): number | null {
  const plain = toPlainSigns(stem);
  for (const form of trackForms) {
    const match = form.exec(plain);
    if (match !== null) return Number(match[1]);
  }
  return null;
}

// Downloads have underscores where their names had spaces.
const trackForms = [
  /^(\d{1,3})(?:[\s_]+[-–—]|\.)[\s_]+[^\s_]/,
  /^\d-(\d{2})(?:\.|[\s_]+[-–—])?[\s_]+[^\s_]/,
  /^(\d{1,3})\)[\s_.-]*[^\s_.-]/,
  /^\[(\d{1,3})\][\s_.-]*[^\s_.-]/,
  /^(0[1-9])(?:[\s_]+|-)[^\s_\d-]/,
  /^track[\s_.-]*(\d{1,3})(?!\d)/i,
];
