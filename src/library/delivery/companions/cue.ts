/** A text that is shown for a while. */
export interface Cue {
  startMs: number;
  endMs: number;
  /** Settings of WebVTT, such as `line:10%`; empty for none. */
  settings: string;
  /** Lines with the tags of WebVTT, none of them empty. */
  text: string;
}

// What a stranger writes must not become a document that no player can hold.
const maxCues = 50_000;
const maxCueLength = 2_000;
const maxTimeMs = 1000 * 3_600_000;

/** Writes WebVTT (https://www.w3.org/TR/webvtt1/): the cues by their beginning, without those of no length or no text. */
export function writeCues(cues: readonly Cue[]): string {
  const shown = cues
    .filter(({ startMs, endMs, text }) => endMs > startMs && endMs <= maxTimeMs && text !== '')
    .toSorted((a, b) => a.startMs - b.startMs)
    .slice(0, maxCues);
  const blocks = shown.map(({ startMs, endMs, settings, text }) => {
    return `${timeOf(startMs)} --> ${timeOf(endMs)}${settings === '' ? '' : ` ${settings}`}\n${text}\n`;
  });
  return `WEBVTT\n\n${blocks.join('\n')}`;
}

/** Cuts a text to lines that a cue may have: none empty, none with a line break of another kind. */
export function linesOf(text: string): string[] {
  return text
    .slice(0, maxCueLength)
    .split(/[\n\u0085\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Escapes all but the tags that the pattern lets through. Entities stay. */
export function escapeBut(tags: RegExp, line: string): string {
  return line
    .split(/(<(?:\/?[a-z]|\d{2,4}:)[^<>]{0,200}>)/i)
    .map((part, index) => (index % 2 === 1 && tags.test(part) ? part : index % 2 === 1 ? '' : escapeText(part)))
    .join('');
}

function escapeText(text: string): string {
  return text
    .replaceAll(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,6}|#x[\da-f]{1,6});)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function timeOf(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return `${pad(seconds / 3600, 2)}:${pad((seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}.${pad(milliseconds % 1000, 3)}`;
}

function pad(value: number, length: number): string {
  return String(Math.floor(value)).padStart(length, '0');
}
