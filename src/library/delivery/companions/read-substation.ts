import { escapeBut, linesOf, type Cue } from './cue.ts';

const usual = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];
const tags = /^<\/?[ibu]>$/;

/**
 * Reads the dialogue of SubStation Alpha (ASS and SSA): its text with what is slanted and bold, at the top where it is placed there.
 * Drawings and effects are left out. Null where there is no dialogue.
 */
export function readSubStation(text: string): Cue[] | null {
  let columns = usual;
  const cues: Cue[] = [];
  let isAny = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s{0,20}(format|dialogue):(.*)$/i.exec(line.slice(0, 20_000)) ?? [];
    if (key === '') continue;
    if (key.toLowerCase() === 'format') {
      const named = value.split(',').map((name) => name.trim().toLowerCase());
      // Styles have a format of their own.
      if (named.includes('start') && named.at(-1) === 'text') columns = named;
      continue;
    }
    isAny = true;
    const parts = value.split(',');
    const field = (name: string) => parts[columns.indexOf(name)]?.trim() ?? '';
    const said = parts.slice(columns.length - 1).join(',');
    const [startMs, endMs] = [msOf(field('start')), msOf(field('end'))];
    if (startMs === null || endMs === null || isDrawing(said)) continue;
    cues.push({ startMs, endMs, settings: /\{[^{}]{0,400}\\an[789]/.test(said) ? 'line:0' : '', text: toText(said) });
  }
  return isAny ? cues : null;
}

function isDrawing(said: string): boolean {
  return /\{[^{}]{0,400}\\p[1-9]/.test(said);
}

function toText(said: string): string {
  const marked = said
    .replaceAll('<', '&lt;')
    .replaceAll(/\{([^{}]{0,1000})\}/g, (_whole, codes: string) =>
      Array.from(codes.matchAll(/\\([ibu])([01])(?!\d)/g), ([, tag, isOn]) =>
        isOn === '1' ? `<${tag}>` : `</${tag}>`,
      ).join(''),
    )
    .replaceAll(/\\[Nn]/g, '\n')
    .replaceAll(String.raw`\h`, '\u00a0');
  return linesOf(marked)
    .map((line) => escapeBut(tags, line))
    .join('\n');
}

/** Reads `0:00:01.50`; null for what is none. */
function msOf(text: string): number | null {
  const match = /^(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const [, hours, minutes, seconds, fraction = '0'] = match;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}
